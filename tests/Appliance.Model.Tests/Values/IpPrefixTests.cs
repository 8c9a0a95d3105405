using Appliance.Model.Values;

namespace Appliance.Model.Tests.Values;

public class IpPrefixTests
{
    /// <summary>Every prefix of the last byte of an IPv4 address and of an IPv6 address, as a set of addresses.</summary>
    [Theory]
    [InlineData("192.0.2.0", 24)]
    [InlineData("2001:db8::ff00", 120)]
    public void Arithmetic_agrees_with_counting_every_address_of_256(string first, int length)
    {
        var block = new IpPrefix(IpAddress.Parse(first), length);
        var all = Enumerable.Range(0, 256).Select(i => block.At((UInt128)i)).ToList();
        var prefixes = Enumerable
            .Range(length, 9)
            .SelectMany(l =>
                Enumerable.Range(0, 1 << (l - length)).Select(i => block.Subnet(l, (UInt128)i))
            )
            .ToList();
        Assert.Equal(511, prefixes.Count);

        var sets = prefixes.ToDictionary(p => p, p => all.Where(p.Contains).ToHashSet());
        foreach (var one in prefixes)
        {
            Assert.Equal(1 << (length + 8 - one.Length), sets[one].Count);
            Assert.Equal(sets[one].Min(), one.First);
            Assert.Equal(sets[one].Max(), one.Last);
            foreach (var other in prefixes)
            {
                Assert.Equal(sets[one].Overlaps(sets[other]), one.Overlaps(other));
                Assert.Equal(sets[one].IsSupersetOf(sets[other]), one.Contains(other));
            }
        }
    }

    [Fact]
    public void Every_length_of_both_families_masks_the_right_bits()
    {
        var random = new Random(2);
        foreach (var family in new[] { IpFamily.Ipv4, IpFamily.Ipv6 })
        {
            var width = IpAddress.WidthOf(family);
            for (var length = 0; length <= width; length++)
            {
                var bits = RandomBits(random, width);
                var prefix = IpPrefix.Around(new IpAddress(family, bits), length);
                for (var bit = 0; bit < width; bit++)
                {
                    var isFixed = bit >= width - length;
                    var mask = UInt128.One << bit;
                    Assert.Equal(isFixed && (bits & mask) != 0, (prefix.First.Bits & mask) != 0);
                    Assert.Equal(!isFixed || (bits & mask) != 0, (prefix.Last.Bits & mask) != 0);
                    var flipped = new IpAddress(family, bits ^ mask);
                    Assert.Equal(!isFixed, prefix.Contains(flipped));
                }

                Assert.Equal(prefix, IpPrefix.Parse(prefix.ToString()));
            }
        }
    }

    [Fact]
    public void Subnets_tile_their_prefix_at_both_ends_of_the_number_range()
    {
        var all = IpPrefix.Parse("::/0");
        Assert.Equal(UInt128.MaxValue, all.LastSubnet(128));
        Assert.Equal(
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
            all.Subnet(128, UInt128.MaxValue).ToString()
        );
        Assert.Equal("8000::/1", all.Subnet(1, 1).ToString());
        Assert.Equal(all, all.Subnet(0, 0));
        Assert.Equal(
            "255.255.255.254/31",
            IpPrefix.Parse("0.0.0.0/0").Subnet(31, (1u << 31) - 1).ToString()
        );
        Assert.Equal("2001:db8::4/127", IpPrefix.Parse("2001:db8::/64").Subnet(127, 2).ToString());
    }

    [Fact]
    public void Subnets_and_addresses_that_do_not_exist_are_refused()
    {
        var prefix = IpPrefix.Parse("2001:db8::/126");
        Assert.Equal("2001:db8::3", prefix.At(3).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => prefix.At(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => prefix.Subnet(127, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => prefix.Subnet(125, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => prefix.Subnet(129, 0));
        Assert.Throws<ArgumentException>(() => new IpPrefix(IpAddress.Parse("10.0.0.1"), 31));
    }

    [Theory]
    [InlineData("2001:db8::1/64", "2001:db8::/64")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/0", "0.0.0.0/0")]
    public void Bits_beyond_the_length_are_an_error_that_names_the_prefix(string text, string meant)
    {
        Assert.False(IpPrefix.TryParse(text, out _, out var reason));
        Assert.EndsWith(meant, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2001:db8::")]
    [InlineData("2001:db8::/")]
    [InlineData("2001:db8::/129")]
    [InlineData("2001:db8::/-1")]
    [InlineData("2001:db8::/064")]
    [InlineData("2001:db8::/64/64")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("/24")]
    public void What_is_no_prefix_is_refused(string text)
    {
        Assert.False(IpPrefix.TryParse(text, out _, out var reason));
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void The_families_never_contain_each_other()
    {
        var ipv4 = IpPrefix.Parse("0.0.0.0/0");
        var ipv6 = IpPrefix.Parse("::/0");
        Assert.False(ipv4.Overlaps(ipv6) || ipv6.Overlaps(ipv4));
        Assert.False(ipv6.Contains(IpAddress.Parse("1.2.3.4")));
    }

    private static UInt128 RandomBits(Random random, int width)
    {
        var bits = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64());
        bits ^= bits << 3;
        return width == 128 ? bits : bits & uint.MaxValue;
    }
}
