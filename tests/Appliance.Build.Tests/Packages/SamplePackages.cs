using System.Security.Cryptography;
using Appliance.Sources.Packages.Resolution;

namespace Appliance.Build.Tests.Packages;

/// <summary>The packages that pkg itself made (Samples/make.sh): a library, and a daemon that needs it.</summary>
internal static class SamplePackages
{
    public static string Folder { get; } =
        RepositoryRoot.Combine("tests", "Appliance.Build.Tests", "Packages", "Samples");

    public static ResolvedPackage Library { get; } =
        Resolve("mini-lib", "1.2_1", "devel/mini-lib", automatic: true);

    public static ResolvedPackage Daemon { get; } =
        Resolve("minid", "2.0,1", "net/minid", automatic: false);

    /// <summary>It has a file of the daemon.</summary>
    public static ResolvedPackage Twin { get; } =
        Resolve("mini-twin", "1", "net/mini-twin", automatic: false);

    public static IReadOnlyList<ResolvedPackage> Both { get; } = [Daemon, Library];

    private static ResolvedPackage Resolve(
        string name,
        string version,
        string origin,
        bool automatic
    )
    {
        var path = Path.Combine(Folder, $"{name}-{version}.pkg");
        var bytes = File.ReadAllBytes(path);
        return new ResolvedPackage
        {
            Name = name,
            Version = version,
            Origin = origin,
            Abi = "FreeBSD:15:amd64",
            Repository = "FreeBSD-ports",
            RepositoryPath = $"All/{name}-{version}.pkg",
            Size = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            IsAutomatic = automatic,
            Path = path,
            State = PackageState.Cached,
        };
    }
}
