namespace CachedAttr.Analyzers.Keys;

/// <summary>Recognizes names of secrets by the words that they end in: <c>userPassword</c> is one, <c>passwordPolicyId</c> is not.</summary>
/// <param name="names">The names, each with its words written together.</param>
internal sealed class SecretNames(IReadOnlyCollection<string> names)
{
    /// <summary>The names that are known without any setting.</summary>
    public static readonly string[] Default =
    [
        "password", "passwd", "pwd", "passphrase", "passcode", "otp", "secret", "token", "jwt", "bearer", "credential", "authorization",
        "apikey", "accesskey", "privatekey", "secretkey", "signingkey", "encryptionkey", "connectionstring",
        "ssn", "socialsecuritynumber", "creditcard", "creditcardnumber", "cardnumber", "cvv", "cvc",
    ];

    // Tokens that say where one is, not who one is.
    private static readonly string[] Harmless =
        ["cancellation", "page", "paging", "continuation", "next", "previous", "sync", "delta", "skip", "resume", "stop", "change", "concurrency"];

    public bool Contain(string name)
    {
        var words = Words(name);
        for (int first = words.Count - 1; first >= 0; first--)
        {
            string ending = string.Concat(words.Skip(first));
            if (names.Contains(ending) || (ending.EndsWith("s", StringComparison.Ordinal) && names.Contains(ending.Substring(0, ending.Length - 1))))
                return first == 0 || !Harmless.Contains(words[first - 1]);
        }

        return false;
    }

    /// <summary><c>userAPIKey</c>: user, api, key.</summary>
    private static List<string> Words(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 1; i <= name.Length; i++)
        {
            bool isEnd = i == name.Length || name[i] == '_'
                || (char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))));
            if (!isEnd)
                continue;
            string word = name.Substring(start, i - start).Trim('_');
            if (word.Length > 0)
                words.Add(word.ToLowerInvariant());
            start = i;
        }

        return words;
    }
}
