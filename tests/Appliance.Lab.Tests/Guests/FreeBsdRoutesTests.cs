using System.Text;
using Appliance.Lab.Guests;

namespace Appliance.Lab.Tests.Guests;

/// <summary>
/// What netstat(1) of FreeBSD 15.0 printed on the example edge with both neighbors up, kept as it was in netstat.json.
/// </summary>
public class FreeBsdRoutesTests
{
    private static readonly string Answer = File.ReadAllText(
        RepositoryRoot.Combine("tests", "Appliance.Lab.Tests", "Guests", "netstat.json")
    );

    [Theory]
    [InlineData("0.0.0.0/0 via 198.51.100.1 dev vtnet0 proto static")]
    [InlineData("::/0 via 2001:db8:100::1 dev vtnet0 proto static")]
    [InlineData("198.51.100.10/32 dev lo0 proto static")]
    [InlineData("blackhole 2001:db8:1c::/48 dev lo0 proto static")]
    [InlineData("2001:db8:300::2/127 dev gre0 proto kernel")]
    [InlineData("2d00:1000::/32 via fe80::b:1%vtnet0 dev vtnet0 proto proto1")]
    [InlineData("2d00:2001::/32 via fe80::b:2%gre0 dev gre0 proto proto1")]
    public void Every_kind_of_route_is_read(string expected) =>
        Assert.Contains(expected, FreeBsdRoutes.Read(Answer).Select(route => route.ToString()));

    [Fact]
    public void Only_what_zebra_installed_counts_as_routed()
    {
        var routed = FreeBsdRoutes.Read(Answer).Where(route => route.IsRouted).ToList();
        Assert.Equal(22, routed.Count);
        Assert.All(
            routed,
            route => Assert.StartsWith("2d00:", route.Destination, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Routes_of_one_link_only_are_left_out() =>
        Assert.DoesNotContain(
            FreeBsdRoutes.Read(Answer),
            route => route.Destination.Contains('%', StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("netstat: sysctl: net.route.0.28.dump.0: Invalid argument")]
    [InlineData("""{"statistics": {"route-information": {"route-table": {"rt-family": [{}]}}}}""")]
    public void Another_form_is_an_error_that_says_so(string text) =>
        Assert.Equal(
            LabFault.Failed,
            Assert.Throws<LabException>(() => FreeBsdRoutes.Read(text)).Fault
        );

    [Fact]
    public void Damaged_answers_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(15);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = Encoding.ASCII.GetBytes(Answer);
            for (var hits = random.Next(1, 6); hits > 0; hits--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);
            }

            try
            {
                _ = FreeBsdRoutes.Read(Encoding.ASCII.GetString(bytes));
            }
            catch (LabException)
            {
                // Refused.
            }
        }
    }
}
