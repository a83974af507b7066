using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CachedAttr.Redis.Tests;

/// <summary>An authority, a server's certificate for 127.0.0.1 and a client's, as files in a folder of their own.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cachedattr-certificates-").FullName;

    public TestCertificates()
    {
        using var authority = Authority("CachedAttr's tests");
        using var stranger = Authority("Somebody else");
        File.WriteAllText(CaFile, authority.ExportCertificatePem());
        File.WriteAllText(OtherCaFile, stranger.ExportCertificatePem());
        Write(authority, "server", ServerFile, ServerKeyFile);
        using var client = Write(authority, "client", ClientFile, ClientKeyFile);
        File.WriteAllBytes(ClientPfxFile, client.Export(X509ContentType.Pkcs12, "pfx secret"));
    }

    public string CaFile => Path.Combine(_folder, "ca.pem");

    public string OtherCaFile => Path.Combine(_folder, "other-ca.pem");

    public string ClientFile => Path.Combine(_folder, "client.pem");

    public string ClientKeyFile => Path.Combine(_folder, "client-key.pem");

    public string ClientPfxFile => Path.Combine(_folder, "client.pfx");

    private string ServerFile => Path.Combine(_folder, "server.pem");

    private string ServerKeyFile => Path.Combine(_folder, "server-key.pem");

    /// <summary>What makes a server speak TLS, and ask clients for a certificate.</summary>
    public string[] ServerArguments => ["--tls-port", "{tls}", "--tls-cert-file", ServerFile, "--tls-key-file", ServerKeyFile, "--tls-ca-cert-file", CaFile];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
    }

    private static X509Certificate2 Write(X509Certificate2 authority, string name, string file, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(20), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(file, signed.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return signed.CopyWithPrivateKey(key);
    }
}
