using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Packages.Versions;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>All packages of all repositories, and the order in which they are preferred.</summary>
internal sealed class PackageUniverse(IReadOnlyList<PackageIndex> indexes, TargetSystem system)
{
    /// <summary>
    /// All packages of a name that the system can run, the preferred one first: those of <paramref name="near"/>, then by
    /// the priority of their repository, then the newest. Source: pkg_jobs_universe_process_deps and
    /// pkg_jobs_universe_select_candidate of pkg(8), which prefers the repository of the package that needs one.
    /// </summary>
    public IReadOnlyList<Candidate> Named(string name, PackageIndex? near) =>
        Ordered(All(name).Where(IsForSystem), near);

    /// <summary>All packages of a name, also those for other systems.</summary>
    public IEnumerable<Candidate> All(string name) =>
        indexes.SelectMany(index =>
            index.Versions(name).Select(package => new Candidate(index, package))
        );

    /// <summary>Every package of every repository.</summary>
    public IEnumerable<Candidate> Everything() =>
        indexes.SelectMany(index =>
            index.Packages.Select(package => new Candidate(index, package))
        );

    /// <summary>The preferred package of every name that brings a library or a feature.</summary>
    public IReadOnlyList<Candidate> Providers(string what, bool isLibrary, PackageIndex near)
    {
        var all = indexes.SelectMany(index =>
            (isLibrary ? index.ProvidersOfLibrary(what) : index.ProvidersOfFeature(what)).Select(
                package => new Candidate(index, package)
            )
        );
        var ordered = Ordered(all.Where(IsForSystem), near);
        var nearest = ordered.Where(candidate => candidate.Index == near).ToList();
        return
        [
            .. (nearest.Count > 0 ? nearest : ordered).DistinctBy(candidate =>
                candidate.Package.Name
            ),
        ];
    }

    public bool HasProviderOfLibrary(string name) =>
        indexes.Any(index => index.ProvidersOfLibrary(name).Any());

    public bool IsForSystem(Candidate candidate) => system.Accepts(candidate.Package.Abi);

    private static List<Candidate> Ordered(IEnumerable<Candidate> candidates, PackageIndex? near) =>
        [
            .. candidates
                .OrderByDescending(candidate => candidate.Index == near)
                .ThenByDescending(candidate => candidate.Repository.Priority)
                .ThenByDescending(
                    candidate => candidate.Package.Version,
                    Comparer<string>.Create(PackageVersion.Compare)
                ),
        ];
}
