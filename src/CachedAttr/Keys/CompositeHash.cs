using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CachedAttr.Keys;

/// <summary>
/// Puts an object into a key: its members are written one by one into a canonical form, of which the key gets a hash, the first 128 bits of SHA-256
/// (FIPS 180-4), or of HMAC-SHA-256 (RFC 2104) under a secret.
/// </summary>
/// <remarks>
/// In the canonical form every value has a tag and a length, so different objects never have the same form. Collections without an order are written as
/// the sorted hashes of their elements.
/// <code>
/// var hash = new CompositeHash();
/// hash.BeginObject("ServerFilter");
/// hash.Member("Category"); hash.Add(filter.Category);
/// hash.Member("Tags");
/// hash.BeginList(); foreach (var tag in filter.Tags) hash.Add(tag); hash.EndList();
/// hash.EndObject();
/// hash.AppendTo(ref writer);
/// hash.Dispose();
/// </code>
/// </remarks>
public ref struct CompositeHash
{
    private const int MaxDepth = 64;
    private const int HashBytes = 16;

    private readonly ReadOnlySpan<byte> _secret;
    private byte[]? _buffer;
    private int _length;
    private int _depth;

    /// <summary>Begins an empty form.</summary>
    /// <param name="secret">The secret of the hash; empty: none.</param>
    public CompositeHash(ReadOnlySpan<byte> secret) => _secret = secret;

    /// <summary>Begins an object.</summary>
    /// <param name="typeName">The name of its type, which the exception for one that is nested too deep gives.</param>
    /// <exception cref="InvalidOperationException">Objects are nested more than 64 levels deep, or refer to each other in a circle.</exception>
    public void BeginObject(string typeName)
    {
        Deeper(typeName);
        Tag('{');
    }

    /// <summary>Names the member that is written next.</summary>
    /// <param name="name">Its name.</param>
    public void Member(string name) => Text('.', name);

    /// <summary>Ends an object.</summary>
    public void EndObject()
    {
        _depth--;
        Tag('}');
    }

    /// <summary>Begins a collection whose order counts.</summary>
    /// <exception cref="InvalidOperationException">Objects are nested more than 64 levels deep, or refer to each other in a circle.</exception>
    public void BeginList()
    {
        Deeper("a collection");
        Tag('[');
    }

    /// <summary>Ends a collection whose order counts.</summary>
    public void EndList()
    {
        _depth--;
        Tag(']');
    }

    /// <summary>Begins a collection whose order does not count.</summary>
    /// <returns>What <see cref="EndUnordered"/> takes.</returns>
    /// <exception cref="InvalidOperationException">Objects are nested more than 64 levels deep, or refer to each other in a circle.</exception>
    public int BeginUnordered()
    {
        Deeper("a collection");
        return _length;
    }

    /// <summary>Begins an element of a collection whose order does not count.</summary>
    /// <returns>What <see cref="EndElement"/> takes.</returns>
    public readonly int BeginElement() => _length;

    /// <summary>Ends an element.</summary>
    /// <param name="element">From <see cref="BeginElement"/>.</param>
    public void EndElement(int element)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer.AsSpan(element, _length - element), digest);
        _length = element;
        digest[..HashBytes].CopyTo(Take(HashBytes));
    }

    /// <summary>Ends a collection whose order does not count.</summary>
    /// <param name="collection">From <see cref="BeginUnordered"/>.</param>
    public void EndUnordered(int collection)
    {
        _depth--;
        int bytes = _length - collection;
        MemoryMarshal.Cast<byte, UInt128>(_buffer.AsSpan(collection, bytes)).Sort();

        // The elements move behind the tag and the count that make the form unambiguous.
        byte[] elements = _buffer.AsSpan(collection, bytes).ToArray();
        _length = collection;
        Tag('(');
        Number(bytes / HashBytes);
        elements.CopyTo(Take(bytes));
    }

    /// <summary>Writes a null.</summary>
    public void AddNull() => Tag('0');

    /// <summary>Writes a string.</summary>
    /// <param name="value">The value.</param>
    public void Add(string? value)
    {
        if (value is null)
            AddNull();
        else
            Text('s', value);
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="value">The value.</param>
    public void Add(scoped ReadOnlySpan<byte> value)
    {
        Tag('b');
        Number(value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <summary>Writes a truth value.</summary>
    /// <param name="value">The value.</param>
    public void Add(bool value) => Tag(value ? 't' : 'f');

    /// <summary>Writes a character.</summary>
    /// <param name="value">The value.</param>
    public void Add(char value) => Text('c', new ReadOnlySpan<char>(in value));

    /// <summary>Writes a scalar in its canonical text.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public void Add<T>(T value)
        where T : ISpanFormattable
    {
        if (value is null)
        {
            AddNull();
            return;
        }

        var writer = new KeyWriter(stackalloc char[128]);
        writer.Append(value);
        Text('v', writer.Written);
        writer.Dispose();
    }

    /// <summary>Writes an enum.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public void AddEnum<T>(T value)
        where T : struct, Enum
    {
        var writer = new KeyWriter(stackalloc char[128]);
        writer.AppendEnum(value);
        Text('e', writer.Written);
        writer.Dispose();
    }

    /// <inheritdoc cref="Add(bool)"/>
    public void Add(bool? value)
    {
        if (value is { } known)
            Add(known);
        else
            AddNull();
    }

    /// <inheritdoc cref="Add{T}(T)"/>
    public void AddNullable<T>(T? value)
        where T : struct, ISpanFormattable
    {
        if (value is { } known)
            Add(known);
        else
            AddNull();
    }

    /// <inheritdoc cref="AddEnum{T}(T)"/>
    public void AddEnum<T>(T? value)
        where T : struct, Enum
    {
        if (value is { } known)
            AddEnum(known);
        else
            AddNull();
    }

    /// <summary>Writes the hash of everything into a key: 22 characters, base64url (RFC 4648).</summary>
    /// <param name="writer">The key.</param>
    public readonly void AppendTo(ref KeyWriter writer)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (_secret.IsEmpty)
            SHA256.HashData(_buffer.AsSpan(0, _length), digest);
        else
            HMACSHA256.HashData(_secret, _buffer.AsSpan(0, _length), digest);
        Span<char> text = stackalloc char[24];
        writer.AppendLiteral(text[..Base64Url.EncodeToChars(digest[..HashBytes], text)]);
    }

    /// <summary>Gives the pooled buffer back. The hash cannot be used after it.</summary>
    public void Dispose()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: !_secret.IsEmpty);
        this = default;
    }

    private void Deeper(string typeName)
    {
        if (++_depth > MaxDepth)
        {
            throw new InvalidOperationException(
                $"A key cannot be made of {typeName}: it is nested more than {MaxDepth} levels deep, or in a circle. Leave the member out with [CacheKeyIgnore], or give the method a KeyBuilder.");
        }
    }

    private void Tag(char tag) => Take(1)[0] = (byte)tag;

    private void Number(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    private void Text(char tag, scoped ReadOnlySpan<char> text)
    {
        Tag(tag);
        Number(text.Length);
        MemoryMarshal.AsBytes(text).CopyTo(Take(text.Length * sizeof(char)));
    }

    private Span<byte> Take(int count)
    {
        if (_buffer is null || _length + count > _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(256, Math.Max(_length + count, _length * 2)));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            if (_buffer is not null)
                ArrayPool<byte>.Shared.Return(_buffer, clearArray: !_secret.IsEmpty);
            _buffer = larger;
        }

        var taken = _buffer.AsSpan(_length, count);
        _length += count;
        return taken;
    }
}
