namespace Appliance.Sources.Packages.Manifests;

/// <summary>A package that another one needs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origin">Its port.</param>
/// <param name="Version">The version that was there when the other one was built; not a demand. Null where not told.</param>
public sealed record PackageDependency(string Name, string Origin, string? Version);

/// <summary>A file, hard link or symbolic link of a package.</summary>
public sealed record PackageFile
{
    /// <summary>The absolute path on the target.</summary>
    public required string Path { get; init; }

    /// <summary>The digest of the content, or of a link's target; see <see cref="PackageSum"/>. Null where not told.</summary>
    public string? Sum { get; init; }

    /// <summary>The name of the owner; null: as in the archive.</summary>
    public string? UserName { get; init; }

    /// <summary>The name of the group; null: as in the archive.</summary>
    public string? GroupName { get; init; }

    /// <summary>Permission bits with setuid, setgid and sticky (octal 7777); null or 0: as in the archive.</summary>
    public int? Mode { get; init; }

    /// <summary>File flags with FreeBSD's values, see chflags(2).</summary>
    public uint Flags { get; init; }

    /// <summary>The time of the last change in seconds since 1970-01-01 UTC; null where not told.</summary>
    public long? ModifiedSeconds { get; init; }

    /// <summary>Where a symbolic link points; null for a file, and for links of packages made by an older pkg.</summary>
    public string? SymbolicLinkTarget { get; init; }
}

/// <summary>A directory of a package.</summary>
public sealed record PackageDirectory
{
    /// <summary>The absolute path on the target, without a slash at its end.</summary>
    public required string Path { get; init; }

    /// <summary>The name of the owner; null: as in the archive.</summary>
    public string? UserName { get; init; }

    /// <summary>The name of the group; null: as in the archive.</summary>
    public string? GroupName { get; init; }

    /// <summary>Permission bits (octal 7777); null or 0: as in the archive.</summary>
    public int? Mode { get; init; }

    /// <summary>File flags with FreeBSD's values, see chflags(2).</summary>
    public uint Flags { get; init; }
}

/// <summary>When a script of a package runs; the numbers are those of pkg's database.</summary>
public enum PackageScriptKind
{
    /// <summary>Before its files are there.</summary>
    PreInstall = 0,

    /// <summary>When its files are there.</summary>
    PostInstall = 1,

    /// <summary>Before its files are removed.</summary>
    PreDeinstall = 2,

    /// <summary>When its files are gone.</summary>
    PostDeinstall = 3,

    /// <summary>Before and after, with <c>PRE-INSTALL</c> or <c>POST-INSTALL</c> as its second argument.</summary>
    Install = 6,

    /// <summary>Before and after, with <c>DEINSTALL</c> or <c>POST-DEINSTALL</c> as its second argument.</summary>
    Deinstall = 7,
}

/// <summary>A script of a package.</summary>
/// <param name="Kind">When it runs.</param>
/// <param name="Text">The script itself.</param>
public sealed record PackageScript(PackageScriptKind Kind, string Text);

/// <summary>When a message of a package is shown.</summary>
public enum PackageMessageKind
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>When it is installed.</summary>
    Install,

    /// <summary>When it is removed.</summary>
    Remove,

    /// <summary>When it is upgraded.</summary>
    Upgrade,
}

/// <summary>What a package tells the operator.</summary>
/// <param name="Text">The message.</param>
/// <param name="Kind">When it is shown.</param>
/// <param name="MinimumVersion">Only when upgrading from this version or a newer one; null: no bound.</param>
/// <param name="MaximumVersion">Only when upgrading from this version or an older one; null: no bound.</param>
public sealed record PackageMessage(
    string Text,
    PackageMessageKind Kind,
    string? MinimumVersion,
    string? MaximumVersion
);
