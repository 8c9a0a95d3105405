using Appliance.Build.Packages.Installation;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Composition;

/// <summary>The root file system of an image, complete.</summary>
/// <param name="Tree">Its files.</param>
/// <param name="LeftOut">What the profile left out.</param>
/// <param name="Packages">What is installed, in the order of installation.</param>
/// <param name="Time">Time of everything that has none of its own, nanoseconds since 1970.</param>
public sealed record ComposedImage(
    FileTree Tree,
    LeaveOutReport LeftOut,
    IReadOnlyList<InstalledPackage> Packages,
    long Time
);
