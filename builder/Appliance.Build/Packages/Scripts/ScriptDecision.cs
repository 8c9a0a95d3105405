using Appliance.Sources.Packages.Manifests;

namespace Appliance.Build.Packages.Scripts;

/// <summary>Who runs a script.</summary>
public enum ScriptHandling
{
    /// <summary>Nobody: the builder has done all that it does, or there is nothing to do.</summary>
    Builder,

    /// <summary>The machine, once, at its first boot, before services start.</summary>
    FirstBoot,
}

/// <summary>What a package's script is written in.</summary>
public enum ScriptLanguage
{
    /// <summary>sh(1).</summary>
    Shell,

    /// <summary>Lua with pkg's additions (pkg-lua-script(5)).</summary>
    Lua,
}

/// <summary>What becomes of one script of a package.</summary>
public sealed record ScriptDecision(
    PackageScript Script,
    ScriptLanguage Language,
    ScriptHandling Handling,
    ScriptReading Reading
);
