using Appliance.Rendering.Internet;

namespace Appliance.Rendering.Tests.Policies;

/// <summary>The filter's prefix-lists, read as FRR reads them, against the policy in plain words.</summary>
public class PrefixListTests
{
    private const int Tries = 1_000_000;

    [Theory]
    [InlineData("ix03", true)]
    [InlineData("ix03", false)]
    [InlineData("edge02", true)]
    [InlineData("edge02", false)]
    public void A_million_random_prefixes_are_judged_as_the_policy_says(string site, bool ipv6)
    {
        var family = new Family(ipv6);
        var lists = PrefixLists.Read(Fixture.Render(site).Text("/usr/local/etc/frr/frr.conf"));
        var policy = new Policy(site, family);
        var random = new Random(20260115);
        var taken = 0;
        for (var i = 0; i < Tries / 4; i++)
        {
            var prefix = policy.RandomPrefix(random);
            var expected = policy.IsTaken(prefix);
            Assert.True(
                lists.PassFilter(prefix, ipv6) == expected,
                $"{prefix} is {(expected ? "refused" : "taken")}"
            );
            taken += expected ? 1 : 0;
        }

        Assert.InRange(taken, Tries / 100, Tries / 5);
    }

    [Theory]
    [InlineData(
        "ipv6 prefix-list bogons-v6 seq 25 permit 2001:db8::/32 le 128",
        "ipv6 prefix-list bogons-v6 seq 25 permit 2001:db8::/32"
    )]
    [InlineData("deny 2000::/3 ge 16 le 48", "deny 2000::/3 ge 16 le 49")]
    [InlineData(
        "own-v6 seq 5 permit 2a0e:b107:1000::/44 le 128",
        "own-v6 seq 5 permit 2a0e:b107:1000::/44"
    )]
    public void A_list_that_is_a_little_wrong_is_noticed(string line, string wrong)
    {
        var text = Fixture.Render("edge02").Text("/usr/local/etc/frr/frr.conf");
        Assert.Contains(line, text, StringComparison.Ordinal);
        var lists = PrefixLists.Read(text.Replace(line, wrong, StringComparison.Ordinal));
        var policy = new Policy("edge02", new Family(true));
        var random = new Random(20260115);
        Assert.Contains(
            Enumerable.Range(0, Tries / 4).Select(_ => policy.RandomPrefix(random)),
            prefix => lists.PassFilter(prefix, true) != policy.IsTaken(prefix)
        );
    }

    /// <summary>Sizes of a family.</summary>
    private sealed record Family(bool IsIpv6)
    {
        public int Width => IsIpv6 ? 128 : 32;

        public int Shortest => IsIpv6 ? 16 : 8;

        public int Longest => IsIpv6 ? 48 : 24;
    }

    /// <summary>What is taken, in plain words, and prefixes near its borders.</summary>
    private sealed class Policy(string site, Family family)
    {
        private readonly List<Bits> refused =
        [
            .. InternetData
                .Current.BogonPrefixes.Select(item => item.Prefix)
                .Concat(Fixture.Document(site).Prefixes)
                .Concat(Links(site))
                .Select(Bits.Parse)
                .Where(bits => bits.Width == family.Width),
        ];

        /// <summary>Excepted in a lab only, and the one example with customers is one.</summary>
        private readonly List<Bits> customerSpace =
        [
            .. Fixture
                .Document(site)
                .Bgp!.Neighbors.SelectMany(neighbor => neighbor.AllowedPrefixes)
                .Select(Bits.Parse),
        ];

        public bool IsTaken(Bits prefix) =>
            prefix.Length >= family.Shortest
            && prefix.Length <= family.Longest
            && (!family.IsIpv6 || prefix.Value >> 125 == 1)
            && !refused.Exists(space => space.Contains(prefix) && !IsCustomers(prefix, space));

        /// <summary>Half of them anywhere, half of them beside, around or inside something that is refused.</summary>
        public Bits RandomPrefix(Random random)
        {
            var length = random.Next(family.Width + 1);
            if (random.Next(2) == 0)
            {
                var value = RandomBits(random);
                return new Bits(
                    family.IsIpv6 && random.Next(4) > 0
                        ? (value >> 3) | (UInt128.One << 125)
                        : value,
                    length,
                    family.Width
                ).Masked();
            }

            var near = refused[random.Next(refused.Count)];
            var noise = RandomBits(random) >> random.Next(128);
            return new Bits(
                near.Value ^ noise,
                Math.Min(family.Width, near.Length + random.Next(-3, 20)),
                family.Width
            ).Masked();
        }

        /// <summary>A lab's customers have space that is a bogon elsewhere.</summary>
        private bool IsCustomers(Bits prefix, Bits space) =>
            customerSpace.Exists(customer =>
                space.Contains(customer) && customer.Contains(prefix) && !space.Equals(customer)
            );

        private UInt128 RandomBits(Random random)
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            var value = new UInt128(
                BitConverter.ToUInt64(bytes, 0),
                BitConverter.ToUInt64(bytes, 8)
            );
            return family.IsIpv6 ? value : value >> 96;
        }

        private static IEnumerable<string> Links(string site) =>
            site == "edge02" ? ["80.81.192.0/21"] : ["198.51.100.0/22"];
    }
}
