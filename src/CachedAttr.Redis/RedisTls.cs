using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CachedAttr.Redis;

/// <summary>Certificates: which of the server's are accepted, and what this process shows. Remembers why one was refused, which the client does not tell.</summary>
internal sealed class RedisTls(X509Certificate2Collection? authorities, X509Certificate2? own)
{
    private volatile string? _failure;

    /// <summary>Why the last certificate was refused.</summary>
    public string? Failure => _failure;

    /// <summary>What is shown to the server, if anything.</summary>
    public X509Certificate2? Own { get; } = own;

    /// <summary>Reads the files.</summary>
    /// <exception cref="RedisSettingException">A file cannot be used.</exception>
    public static RedisTls Load(RedisOptions options) => new(
        options.CaFile is { } ca ? Read(nameof(options.CaFile), ca, () => LoadAuthorities(ca)) : null,
        options.ClientCertificate is { } certificate ? Read(nameof(options.ClientCertificate), certificate, () => LoadOwn(options, certificate)) : null);

    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (authorities is not null && certificate is not null)
            errors = CheckChain(certificate, chain, errors);
        _failure = errors == SslPolicyErrors.None ? null : Explain(certificate, chain, errors);
        return errors == SslPolicyErrors.None;
    }

    private SslPolicyErrors CheckChain(X509Certificate certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities!);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(leaf) ? errors & ~SslPolicyErrors.RemoteCertificateChainErrors : errors | SslPolicyErrors.RemoteCertificateChainErrors;
    }

    private string Explain(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "the server has shown no certificate";
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        if (leaf.NotAfter < TimeProvider.System.GetLocalNow().DateTime)
            return FormattableString.Invariant($"the server's certificate ({certificate.Subject}) has expired on {leaf.NotAfter:yyyy-MM-dd}");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"the server's certificate ({certificate.Subject}) is for another host than the one in CachedAttr:Redis:Connection; connect by its name, or add sslHost=NAME";
        return authorities is not null
            ? $"the server's certificate ({certificate.Subject}) is not of an authority in CachedAttr:Redis:CaFile"
            : $"the server's certificate ({certificate.Subject}) is not of an authority that this system trusts; set CachedAttr:Redis:CaFile to the authority's certificate{Status(chain)}";
    }

    private static string Status(X509Chain? chain) => chain is { ChainStatus.Length: > 0 } ? $" ({chain.ChainStatus[0].Status})" : "";

    private static X509Certificate2Collection LoadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("there is no certificate in it");
    }

    private static X509Certificate2 LoadOwn(RedisOptions options, string file)
    {
        if (Path.GetExtension(file).ToUpperInvariant() is ".PFX" or ".P12")
            return X509CertificateLoader.LoadPkcs12FromFile(file, options.ClientCertificatePassword);
        using var pem = options.ClientCertificatePassword is { } password
            ? X509Certificate2.CreateFromEncryptedPemFile(file, password, options.ClientCertificateKey)
            : X509Certificate2.CreateFromPemFile(file, options.ClientCertificateKey);

        // Windows cannot use a key that was never in a store or a PKCS #12.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static T Read<T>(string setting, string file, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new RedisSettingException(setting, $"the file '{file}' cannot be used ({exception.Message}).", exception);
        }
    }
}
