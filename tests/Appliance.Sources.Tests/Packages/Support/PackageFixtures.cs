namespace Appliance.Sources.Tests.Packages.Support;

/// <summary>What the real pkg made; the commands stand beside it.</summary>
public static class PackageFixtures
{
    public static string Directory { get; } =
        RepositoryRoot.Combine("tests", "Appliance.Sources.Tests", "Packages", "Fixtures");

    public static string File(string name) => Path.Combine(Directory, name);
}
