namespace Appliance.Rendering.Verdicts;

/// <summary>What a base system was made of.</summary>
public enum BaseSource
{
    /// <summary>Packages of pkgbase, at the patch level of the day.</summary>
    Packages,

    /// <summary>The sets of a release, which never change.</summary>
    Sets,
}
