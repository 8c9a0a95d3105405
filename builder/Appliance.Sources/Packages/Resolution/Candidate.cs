using Appliance.Sources.Packages.Repositories;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>A package of a repository.</summary>
internal sealed record Candidate(PackageIndex Index, IndexedPackage Package)
{
    public PackageRepository Repository => Index.Repository;

    public override string ToString() => $"{Package.FullName} of {Repository.Name}";
}

/// <summary>A package that was chosen, and why.</summary>
/// <param name="Candidate">The package.</param>
/// <param name="IsAutomatic">Whether nobody asked for it.</param>
/// <param name="Reason">Why it is there, for messages: <c>asked for</c>, <c>needed by frr10-10.2</c>.</param>
internal sealed record Choice(Candidate Candidate, bool IsAutomatic, string Reason)
{
    public IndexedPackage Package => Candidate.Package;

    public override string ToString() => $"{Package.FullName} ({Reason})";
}
