using System.Text.Json.Serialization.Metadata;

internal static class AppJsonContext
{
    public static IJsonTypeInfoResolver Default => throw new NotSupportedException();
}
