using System.Text.Json.Serialization.Metadata;

// Written by System.Text.Json's generator in an application.
public static class AppJsonContext
{
    public static IJsonTypeInfoResolver Default => throw new NotSupportedException();
}
