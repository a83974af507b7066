using Microsoft.Extensions.Configuration;

namespace CachedAttr.Backends;

/// <summary>Makes backends of one kind from configuration. A package registers one as a singleton service; <c>CachedAttr:Backend</c> chooses among them.</summary>
public interface ICacheBackendFactory
{
    /// <summary>The values of <c>CachedAttr:Backend</c> that mean this kind: <c>redis</c>. Compared without regard to case.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The name of the section of settings beneath <c>CachedAttr</c>: <c>Redis</c>.</summary>
    string Section { get; }

    /// <summary>Makes the backend. It connects later, when it is first called, so that an application starts without its backend.</summary>
    /// <param name="name">Which of <see cref="Names"/> was configured.</param>
    /// <param name="settings">What every backend is made with.</param>
    /// <param name="section">The settings; <see langword="null"/> if nothing comes from configuration.</param>
    /// <returns>The backend; its owner disposes it.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is unknown, or its value not allowed; the message names it and what is.</exception>
    ICacheBackend Create(string name, BackendSettings settings, IConfiguration? section);
}
