using System.Net;
using Appliance.Rendering.Internet;
using Appliance.Rendering.Network;

namespace Appliance.Rendering.Tests.Policies;

/// <summary>The data about the Internet, and what it means for sources of packets.</summary>
public class BogonTests
{
    [Fact]
    public void The_data_file_is_complete_and_says_where_it_is_from()
    {
        var data = InternetData.Current;
        Assert.True(data.Date > new DateOnly(2025, 1, 1));
        Assert.All(
            data.Sources,
            source => Assert.True(Uri.IsWellFormedUriString(source, UriKind.Absolute))
        );
        Assert.Contains(data.TransitFree, network => network.Asn == 3356);
        Assert.All(data.BogonPrefixes, item => Assert.True(IPNetwork.TryParse(item.Prefix, out _)));
        Assert.Equal(
            data.BogonPrefixes.Select(item => item.Prefix).Distinct(),
            data.BogonPrefixes.Select(item => item.Prefix)
        );
    }

    [Fact]
    public void Ranges_of_AS_numbers_are_in_order_and_apart()
    {
        var ranges = InternetData.Current.BogonAsns;
        Assert.All(ranges, range => Assert.True(range.First <= range.Last));
        Assert.All(
            ranges.Zip(ranges.Skip(1)),
            pair => Assert.True(pair.First.Last < pair.Second.First)
        );
    }

    [Fact]
    public void A_full_table_fits_its_limit_and_trips_a_peer_s()
    {
        var (table, limits) = (InternetData.Current.Table, InternetData.Current.Limits);
        foreach (var ipv6 in new[] { false, true })
        {
            Assert.InRange(limits.Full.Of(ipv6), table.Of(ipv6) * 6 / 5, table.Of(ipv6) * 2);
            Assert.True(limits.Peer.Of(ipv6) < table.Of(ipv6));
            Assert.True(limits.Partial.Of(ipv6) < limits.Peer.Of(ipv6));
        }
    }

    [Fact]
    public void Sources_that_a_site_uses_are_not_dropped()
    {
        IPNetwork[] used = [IPNetwork.Parse("10.1.2.0/24"), IPNetwork.Parse("2001:db8:1c::/48")];
        var sources = Bogons.SourcesExcept(used).ToList();
        Assert.DoesNotContain("10.0.0.0/8", sources);
        Assert.DoesNotContain("2001:db8::/32", sources);
        Assert.Contains("192.168.0.0/16", sources);
        Assert.Contains("fc00::/7", sources);
    }
}
