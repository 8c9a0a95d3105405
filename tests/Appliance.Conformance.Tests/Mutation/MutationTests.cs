using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Files.Routing;
using Appliance.Rendering.Policies;
using Appliance.Tests.Support;

namespace Appliance.Conformance.Tests.Mutation;

/// <summary>
/// A rule without a case is either not tested or not needed. Rules are removed from a running edge, in groups whose
/// members have different cases, and each must fail its own cases and no others. One group is tried at every run of
/// the tests; APPLIANCE_ALL_MUTATIONS=1 tries all, which takes a quarter of an hour.
/// </summary>
public sealed class MutationTests
{
    private const string Edge = "edge1";
    private const string AlwaysTried = Witnesses.Clauses;

    /// <summary>Customers of the last group announce so few routes that a leak exceeds the limit of advertised routes.</summary>
    private const int FewRoutes = 12;

    private static bool All => Environment.GetEnvironmentVariable("APPLIANCE_ALL_MUTATIONS") == "1";

    public static TheoryData<string> Groups =>
        [
            .. Witnesses
                .All.Where(witness => witness.Behind.Count == 0)
                .Select(w => w.Group)
                .Distinct(),
        ];

    public static TheoryData<string> SecondLines =>
        [.. Witnesses.All.Where(witness => witness.Behind.Count > 0).Select(w => w.Rule.Id)];

    [Fact]
    public void Every_rule_of_the_policy_has_cases_and_is_in_the_file()
    {
        var rendered = Rules(Documents()).Select(rule => rule.Rule.Id).Distinct().Order();
        var known = PolicyRules.All.Select(rule => rule.Id).Order().ToList();
        Assert.Equal(known, Witnesses.All.Select(witness => witness.Rule.Id).Order());
        Assert.Equal(known, rendered);
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Removed_rules_fail_their_cases_and_no_others(string group)
    {
        Need.WholeLab();
        Assert.SkipUnless(
            All || group == AlwaysTried,
            "one group is tried at every run; APPLIANCE_ALL_MUTATIONS=1 tries all"
        );
        await using var lab = await StartAsync("t-mutation", Documents());
        var taken = Rules(Documents())
            .Select(rule => (Rule: rule, Witness: WitnessOf(rule)))
            .Where(item => item.Witness.Group == group && IsObservable(item.Rule))
            .ToList();
        var failed = await FailuresAsync(
            lab,
            [.. taken.Select(item => item.Rule.Name)],
            group is Witnesses.Sessions or Witnesses.Station
                ? MatrixParts.Sessions
                : MatrixParts.Routes
        );

        var unnoticed = taken
            .Where(item =>
                !failed.Any(one => item.Witness.Explains(item.Rule, one.Session, one.Id))
            )
            .Select(item => item.Rule.Name);
        Assert.True(!unnoticed.Any(), $"not noticed:\n{string.Join('\n', unnoticed)}");
        var unexplained = failed
            .Where(one =>
                !taken.Any(item => item.Witness.Explains(item.Rule, one.Session, one.Id))
                && !IsConsequence(group, one.Id)
            )
            .Select(one => $"{one.Session} {one.Id}: {one.Evidence}");
        Assert.True(!unexplained.Any(), $"no rule's case:\n{string.Join('\n', unexplained)}");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{group}: {taken.Count} rules taken out, {failed.Count} cases failed"
        );
    }

    [Fact]
    public void Rules_without_a_case_in_this_lab_are_few_and_have_a_reason()
    {
        var rules = Rules(Documents());
        Assert.InRange(rules.Count(rule => Unobservable.Why(rule) is not null), 1, 40);
        var seen = rules.Where(IsObservable).Select(rule => rule.Rule.Id).ToHashSet();
        var never = PolicyRules.All.Select(rule => rule.Id).Where(id => !seen.Contains(id));
        Assert.Empty(never);
    }

    [Theory]
    [MemberData(nameof(SecondLines))]
    public async Task A_second_line_fails_its_cases_once_the_first_is_removed(string id)
    {
        Need.WholeLab();
        Assert.SkipUnless(All, "APPLIANCE_ALL_MUTATIONS=1 tries it");
        var witness = Witnesses.All.First(item => item.Rule.Id == id);
        var documents =
            witness.Rule == PolicyRules.MaximumPrefixOut ? Documents(FewRoutes) : Documents();
        await using var lab = await StartAsync("t-behind", documents);
        var rules = Rules(documents).Where(IsObservable).ToList();
        var first = rules.Where(rule => witness.Behind.Contains(rule.Rule)).ToList();
        var second = rules.Where(rule => rule.Rule == witness.Rule).ToList();

        var before = await FailuresAsync(lab, Names(first), MatrixParts.Routes);
        var after = await FailuresAsync(lab, Names([.. first, .. second]), MatrixParts.Routes);

        var newly = after
            .Where(one => !Complaints(one).IsSubsetOf(before.SelectMany(Complaints)))
            .ToList();
        var unnoticed = second
            .Where(rule => !newly.Exists(one => witness.Explains(rule, one.Session, one.Id)))
            .Select(rule => rule.Name);
        Assert.True(
            !unnoticed.Any(),
            $"not noticed:\n{string.Join('\n', unnoticed)}\nnew:\n{string.Join('\n', newly)}"
        );
    }

    /// <summary>A case that failed before may fail for one more reason: another route was advertised.</summary>
    private static HashSet<string> Complaints(CaseResult failed) =>
        failed.Id == "exports-only"
            ?
            [
                .. failed
                    .Evidence.Split("; ")
                    .Select(entry =>
                        $"{failed.Session} {string.Join(' ', entry.Split(' ').Take(2))}"
                    ),
            ]
            : [$"{failed.Session} {failed.Id}"];

    /// <summary>
    /// Cases that fail because others do: an accepted route of a customer is advertised, a route without its community is
    /// not, and a session that is down has no routes.
    /// </summary>
    private static bool IsConsequence(string group, string id) =>
        group switch
        {
            Witnesses.Lists => id is "exports-only" or "exports-limit",
            Witnesses.Clauses => id is "exports-customers" or "exports-requests" or "own-link",
            Witnesses.Opening => id is not "exports-only",
            _ => false,
        };

    private static Witness WitnessOf(RenderedRule rule)
    {
        var witness = Witnesses.All.First(item => item.Rule.Id == rule.Rule.Id);
        return
            rule.Subject is "v4" or "v6"
            && (rule.Rule == PolicyRules.BogonPrefix || rule.Rule == PolicyRules.BogonAsn)
            ? Witnesses.ClauseOf(witness)
            : witness;
    }

    private static bool IsObservable(RenderedRule rule) => Unobservable.Why(rule) is null;

    private static List<string> Names(IEnumerable<RenderedRule> rules) =>
        [.. rules.Select(rule => rule.Name)];

    private static async Task<IReadOnlyList<CaseResult>> FailuresAsync(
        RunningLab lab,
        IReadOnlyCollection<string> without,
        MatrixParts parts
    )
    {
        var router = lab.Routers[Edge];
        await router.StopAsync(Need.Token);
        await router.StartAsync(lab.ConfigurationWithout(Edge, without), Need.Token);
        var results = await new MatrixRun(lab).RunAsync(parts, null, Need.Token);
        return [.. results.Where(result => result.Outcome == CaseOutcome.Failed)];
    }

    /// <summary>The kernel has its own aggregates, for when FRR is down; here they would hide the absence of FRR's.</summary>
    private static Task<RunningLab> StartAsync(
        string name,
        IReadOnlyList<SiteDocument> documents
    ) =>
        Labs.StartAsync(
            name,
            [
                .. documents.Select(site =>
                    site with
                    {
                        Routes = [.. site.Routes.Where(route => !route.Blackhole)],
                    }
                ),
            ]
        );

    private static IReadOnlyList<RenderedRule> Rules(IReadOnlyList<SiteDocument> documents)
    {
        var plan = LabPlanner.Plan("t-rules", documents);
        var document = plan.Document(Edge);
        var secrets = new Secrets(
            document
                .Bgp!.Neighbors.Select(neighbor => neighbor.PasswordSecret)
                .OfType<string>()
                .ToDictionary(name => name, name => "rules", StringComparer.Ordinal)
        );
        return FrrPolicy.Rules(document, new InterfaceNames(plan.DeviceNames[Edge]), secrets);
    }

    /// <summary>
    /// The network with every role, whose last customer is reached over a tunnel of two host addresses: a network file
    /// cannot say that, a document can.
    /// </summary>
    private static IReadOnlyList<SiteDocument> Documents(int? customerLimit = null) =>
        [
            .. LoweredLimits
                .Of(Networks.Shipped("every-role"))
                .Select(site => HostLink(site, "farm", "2d00:b3:ffff::1", customerLimit))
                .Select(site =>
                    site with
                    {
                        System = site.System with { FrrModules = FrrModules.All },
                    }
                ),
        ];

    private static SiteDocument HostLink(
        SiteDocument site,
        string name,
        string address,
        int? customerLimit
    )
    {
        var device = site.Bgp!.Neighbors.First(neighbor => neighbor.Name == name).Over;
        return site with
        {
            Tunnels =
            [
                .. site.Tunnels.Select(tunnel =>
                    tunnel.Device == device
                        ? tunnel with
                        {
                            InnerLocal = $"{tunnel.InnerLocal.Split('/')[0]}/128",
                            InnerRemote = address,
                        }
                        : tunnel
                ),
            ],
            Bgp = site.Bgp with
            {
                Neighbors =
                [
                    .. site.Bgp.Neighbors.Select(neighbor =>
                        neighbor with
                        {
                            Address = neighbor.Name == name ? address : neighbor.Address,
                            MaximumPrefix =
                                neighbor.Role == NeighborRole.Customer
                                    ? customerLimit ?? neighbor.MaximumPrefix
                                    : neighbor.MaximumPrefix,
                        }
                    ),
                ],
            },
        };
    }
}
