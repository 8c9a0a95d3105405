using Appliance.Sources.Packages.Repositories;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>
/// Chooses packages: those that were asked for, those they depend on, and those that bring the libraries and features they
/// need. Where pkg would leave a choice to its solver, this asks. The same catalogues and requests always give the same.
/// </summary>
internal sealed class PackageResolver
{
    private readonly TargetSystem system;
    private readonly PackageUniverse universe;
    private readonly Dictionary<string, Choice> chosen = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];

    public PackageResolver(IReadOnlyList<PackageIndex> indexes, TargetSystem system)
    {
        this.system = system;
        universe = new PackageUniverse(indexes, system);
    }

    /// <summary>All packages that are to be installed, ordered by name, and warnings about them.</summary>
    /// <exception cref="SourceException">They cannot be had, or not together; the message has all reasons.</exception>
    public (IReadOnlyList<Choice> Choices, IReadOnlyList<string> Warnings) Resolve(
        IReadOnlyList<string> requests
    )
    {
        var waiting = new Queue<Choice>();
        ChooseRequested(requests, waiting);
        do
        {
            ChooseDependencies(waiting);
            ChooseProviders(waiting);
        } while (waiting.Count > 0);

        var choices = chosen
            .Values.OrderBy(choice => choice.Package.Name, StringComparer.Ordinal)
            .ToList();
        problems.AddRange(ResolutionChecks.Conflicts(choices));
        problems.AddRange(ResolutionChecks.TooNew(choices, system));
        if (problems.Count == 0 && ResolutionChecks.Loop(choices) is { } loop)
        {
            problems.Add(loop);
        }

        return problems.Count == 0
            ? (choices, ResolutionChecks.Warnings(choices, system))
            : throw new SourceException(
                SourceFailure.Unresolvable,
                "these packages cannot be installed:\n  " + string.Join("\n  ", problems.Distinct())
            );
    }

    private void ChooseRequested(IReadOnlyList<string> requests, Queue<Choice> waiting)
    {
        var matcher = new RequestMatcher(universe);
        foreach (var request in requests)
        {
            var names = matcher.Match(request, out var wrong);
            if (wrong is not null)
            {
                problems.Add(wrong);
            }

            foreach (var (name, version) in names)
            {
                ChooseRequested(request, name, version, waiting);
            }
        }
    }

    private void ChooseRequested(
        string request,
        string name,
        string? version,
        Queue<Choice> waiting
    )
    {
        var candidate = universe
            .Named(name, near: null)
            .FirstOrDefault(candidate => version is null || candidate.Package.Version == version);
        if (candidate is null)
        {
            problems.Add($"{request}: {ForOtherSystems(name)}");
        }
        else if (!chosen.TryGetValue(name, out var other))
        {
            Add(new Choice(candidate, IsAutomatic: false, "asked for"), waiting);
        }
        else if (version is not null && other.Package.Version != version)
        {
            problems.Add($"{request}: {other.Package.FullName} is asked for too");
        }
    }

    /// <summary>Dependencies are names: whatever version there is will do, as pkg has it.</summary>
    private void ChooseDependencies(Queue<Choice> waiting)
    {
        while (waiting.TryDequeue(out var choice))
        {
            foreach (var name in choice.Package.Dependencies)
            {
                if (chosen.ContainsKey(name))
                {
                    continue;
                }

                if (universe.Named(name, choice.Candidate.Index) is [var candidate, ..])
                {
                    Add(NeededBy(choice, candidate), waiting);
                }
                else
                {
                    problems.Add($"{choice} needs {name}: {ForOtherSystems(name)}");
                }
            }
        }
    }

    /// <summary>
    /// Looks for what is still needed when all dependencies are there. One package after the other, because a library of
    /// the first may be what the next one needs.
    /// </summary>
    private void ChooseProviders(Queue<Choice> waiting)
    {
        var libraries = Set(choice => choice.Package.LibrariesProvided);
        var features = Set(choice => choice.Package.Provides);
        foreach (
            var choice in chosen.Values.OrderBy(
                choice => choice.Package.Name,
                StringComparer.Ordinal
            )
        )
        {
            var needed = choice
                .Package.LibrariesRequired.Where(name =>
                    !libraries.Contains(name) && !HasLibrary(name)
                )
                .Select(name => (Name: name, IsLibrary: true))
                .Concat(
                    choice
                        .Package.Requires.Where(name => !features.Contains(name))
                        .Select(name => (Name: name, IsLibrary: false))
                );
            foreach (var (name, isLibrary) in needed)
            {
                if (Provider(choice, name, isLibrary) is { } provider)
                {
                    Add(NeededBy(choice, provider), waiting);
                    return;
                }
            }
        }
    }

    private Candidate? Provider(Choice choice, string name, bool isLibrary)
    {
        var providers = universe
            .Providers(name, isLibrary, choice.Candidate.Index)
            .Where(candidate => !chosen.ContainsKey(candidate.Package.Name))
            .ToList();
        if (providers.Count == 1)
        {
            return providers[0];
        }

        var names = providers.Select(candidate => candidate.Package.Name);
        problems.Add(
            providers.Count == 0
                ? $"{choice} needs {name}, which nothing provides"
                : $"{choice} needs {name}, which several packages provide: {string.Join(", ", names.Order(StringComparer.Ordinal))}. "
                    + "Ask for one of these"
        );
        return null;
    }

    /// <summary>Where the base system's libraries are not known, what no package brings is one of them.</summary>
    private bool HasLibrary(string name) =>
        system.Libraries is null ? !universe.HasProviderOfLibrary(name) : system.HasLibrary(name);

    private HashSet<string> Set(Func<Choice, string[]> names) =>
        chosen.Values.SelectMany(names).ToHashSet(StringComparer.Ordinal);

    private void Add(Choice choice, Queue<Choice> waiting)
    {
        chosen.Add(choice.Package.Name, choice);
        waiting.Enqueue(choice);
    }

    private static Choice NeededBy(Choice choice, Candidate candidate) =>
        new(candidate, IsAutomatic: true, $"needed by {choice.Package.FullName}");

    private string ForOtherSystems(string name)
    {
        var others = universe
            .All(name)
            .Select(candidate => $"{candidate} is for {candidate.Package.Abi}")
            .Distinct()
            .ToList();
        return others.Count == 0
            ? "no repository has it"
            : $"{string.Join(", ", others)}, the image is {system.Abi}";
    }
}
