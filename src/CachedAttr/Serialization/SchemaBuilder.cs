using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CachedAttr.Serialization;

/// <summary>
/// Collects the shape of a type as a text such as <c>[Id:int32,Tags:list(string)]</c>, and condenses it to a fingerprint of 64 bits.
/// Payloads carry it, so that one written for another shape is recognised and not misread.
/// </summary>
/// <remarks>
/// The shape is what decides how bytes are read: members with their names, types and order, the layout, the integers under enums. Names of
/// types are not part of it. The text depends on declarations only, so all processes agree on it. An object type that comes up again is
/// written as <c>^n</c>, the n-th described: recursive types end, and the text's length is linear in the number of declarations.
/// </remarks>
public sealed class SchemaBuilder
{
    // Raised when a built-in formatter changes its bytes: all fingerprints change with it.
    private const string Generation = "1:";

    private readonly StringBuilder _text = new(Generation);
    private readonly Dictionary<Type, int> _objects = [];

    /// <summary>The fingerprint of what a formatter writes.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <typeparam name="TFormatter">Its formatter.</typeparam>
    /// <returns>The first 64 bits of the SHA-256 of the shape's text; equal in all processes, never 0.</returns>
    public static ulong FingerprintOf<T, TFormatter>()
        where TFormatter : struct, IMessagePackFormatter<T>
    {
        SchemaBuilder schema = new();
        TFormatter.Describe(schema);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(schema.ToString()), hash);
        return Math.Max(1, BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>Adds a type that has no parts.</summary>
    /// <param name="name">A name for how it is written; the same name, the same bytes.</param>
    public void Scalar(string name) => _text.Append(name);

    /// <summary>Adds a type composed of one other.</summary>
    /// <typeparam name="T">The other type.</typeparam>
    /// <typeparam name="TFormatter">Its formatter.</typeparam>
    /// <param name="name">A name for how they are composed, such as <c>list</c>.</param>
    public void Composite<T, TFormatter>(string name)
        where TFormatter : struct, IMessagePackFormatter<T>
    {
        _text.Append(name).Append('(');
        TFormatter.Describe(this);
        _text.Append(')');
    }

    /// <summary>Begins a type composed of several others; their <see cref="Part"/>s and <see cref="EndComposite"/> follow.</summary>
    /// <param name="name">A name for how they are composed, such as <c>tuple</c>.</param>
    public void BeginComposite(string name) => _text.Append(name).Append('(');

    /// <summary>Adds a part of the composite begun last.</summary>
    /// <typeparam name="T">The part's type.</typeparam>
    /// <typeparam name="TFormatter">Its formatter.</typeparam>
    public void Part<T, TFormatter>()
        where TFormatter : struct, IMessagePackFormatter<T>
    {
        TFormatter.Describe(this);
        _text.Append(',');
    }

    /// <summary>Ends the composite begun last.</summary>
    public void EndComposite() => _text.Append(')');

    /// <summary>Begins an object; if the result is true, its <see cref="Member"/>s and <see cref="EndObject"/> follow.</summary>
    /// <typeparam name="T">The object's type.</typeparam>
    /// <param name="layout">How its members are written.</param>
    /// <returns>False if the type was described before, or is just being described: nothing must follow.</returns>
    public bool BeginObject<T>(SchemaLayout layout)
    {
        if (_objects.TryGetValue(typeof(T), out int index))
        {
            _text.Append(CultureInfo.InvariantCulture, $"^{index}");
            return false;
        }

        _objects.Add(typeof(T), _objects.Count);
        _text.Append(layout switch
        {
            SchemaLayout.Array => "array[",
            SchemaLayout.Map => "map[",
            _ => "union[",
        });
        return true;
    }

    /// <summary>Adds a member of the object begun last, or a case of a union.</summary>
    /// <typeparam name="T">The member's type.</typeparam>
    /// <typeparam name="TFormatter">Its formatter.</typeparam>
    /// <param name="name">The member's name, and with it whatever else places it: a key, a union's number.</param>
    public void Member<T, TFormatter>(string name)
        where TFormatter : struct, IMessagePackFormatter<T>
    {
        ArgumentNullException.ThrowIfNull(name);

        // The length before the name keeps apart what an unusual name could make look alike.
        _text.Append(CultureInfo.InvariantCulture, $"{name.Length}'{name}:");
        TFormatter.Describe(this);
        _text.Append(',');
    }

    /// <summary>Ends the object begun last.</summary>
    public void EndObject() => _text.Append(']');

    /// <summary>The shape collected so far, for logs and tests.</summary>
    /// <returns>The text that the fingerprint is made of.</returns>
    public override string ToString() => _text.ToString();
}
