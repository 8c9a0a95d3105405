using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Files.Routing;

/// <summary>Profiles of bfdd, one for each pace that a session asks for.</summary>
internal static class FrrBfd
{
    public static string Profile(BfdDocument bfd) =>
        $"every-{bfd.Interval}-ms-{bfd.Multiplier}-times";

    public static IEnumerable<FrrSection> Sections(BgpDocument bgp)
    {
        var paces = bgp
            .Neighbors.Select(neighbor => neighbor.Session.Bfd)
            .OfType<BfdDocument>()
            .Distinct()
            .ToList();
        if (paces.Count > 0)
        {
            yield return new FrrSection(
                "How fast a dead path is noticed",
                [
                    FrrBlock.Text("bfd"),
                    .. paces.Select(pace => FrrBlock.Text(Lines(pace))),
                    FrrBlock.Text("exit"),
                ]
            );
        }
    }

    private static IEnumerable<string> Lines(BfdDocument pace) =>
        [
            $" profile {Profile(pace)}",
            $"  detect-multiplier {pace.Multiplier}",
            $"  receive-interval {pace.Interval}",
            $"  transmit-interval {pace.Interval}",
            " exit",
        ];
}
