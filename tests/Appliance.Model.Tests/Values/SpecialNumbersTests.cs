using System.Text.RegularExpressions;
using Appliance.Model.Values;

namespace Appliance.Model.Tests.Values;

/// <summary>The classes of AS numbers and address space, against lists written another way.</summary>
public partial class SpecialNumbersTests
{
    // The expressions that routers filter with; they were checked against every number.
    [GeneratedRegex(
        "^(0|23456|6449[6-9]|645[0-9][0-9]|64[6-9][0-9][0-9]|65[0-4][0-9][0-9]|655[0-2][0-9]|6553[0-5]"
            + "|6553[6-9]|655[4-9][0-9]|65[6-9][0-9][0-9]|6[6-9][0-9][0-9][0-9]|[7-9][0-9][0-9][0-9][0-9]"
            + "|1[0-2][0-9][0-9][0-9][0-9]|130[0-9][0-9][0-9]|1310[0-6][0-9]|13107[01]|42[0-9]{8})$"
    )]
    private static partial Regex Bogon();

    [Fact]
    public void The_classes_of_as_numbers_agree_with_the_filters_expressions_up_to_140000()
    {
        for (uint number = 0; number < 140_000; number++)
        {
            var asn = new Asn(number);
            Assert.Equal(Bogon().IsMatch(asn.ToString()), asn.Class != AsnClass.Public);
        }
    }

    [Theory]
    [InlineData(64495, AsnClass.Public)]
    [InlineData(64496, AsnClass.Documentation)]
    [InlineData(64511, AsnClass.Documentation)]
    [InlineData(64512, AsnClass.Private)]
    [InlineData(65534, AsnClass.Private)]
    [InlineData(65535, AsnClass.Reserved)]
    [InlineData(65536, AsnClass.Documentation)]
    [InlineData(65551, AsnClass.Documentation)]
    [InlineData(65552, AsnClass.Reserved)]
    [InlineData(131071, AsnClass.Reserved)]
    [InlineData(131072, AsnClass.Public)]
    [InlineData(4199999999, AsnClass.Public)]
    [InlineData(4200000000, AsnClass.Private)]
    [InlineData(4294967294, AsnClass.Private)]
    [InlineData(4294967295, AsnClass.Reserved)]
    public void The_borders_of_the_classes_are_those_of_the_rfcs(uint number, AsnClass expected) =>
        Assert.Equal(expected, new Asn(number).Class);

    [Theory]
    [InlineData("8.8.8.0/24", SpaceClass.Public)]
    [InlineData("9.255.255.0/24", SpaceClass.Public)]
    [InlineData("10.255.255.0/24", SpaceClass.Private)]
    [InlineData("172.15.0.0/16", SpaceClass.Public)]
    [InlineData("172.31.0.0/16", SpaceClass.Private)]
    [InlineData("172.32.0.0/16", SpaceClass.Public)]
    [InlineData("100.63.0.0/16", SpaceClass.Public)]
    [InlineData("100.127.0.0/16", SpaceClass.Private)]
    [InlineData("198.19.0.0/16", SpaceClass.Private)]
    [InlineData("198.51.100.128/25", SpaceClass.Documentation)]
    [InlineData("169.254.0.0/16", SpaceClass.Never)]
    [InlineData("223.255.255.0/24", SpaceClass.Public)]
    [InlineData("224.0.0.0/24", SpaceClass.Never)]
    [InlineData("255.255.255.0/24", SpaceClass.Never)]
    [InlineData("1fff::/16", SpaceClass.Never)]
    [InlineData("2000::/16", SpaceClass.Public)]
    [InlineData("2001::/48", SpaceClass.Never)]
    [InlineData("2001:1::/48", SpaceClass.Public)]
    [InlineData("2001:2::/48", SpaceClass.Private)]
    [InlineData("2001:2f::/48", SpaceClass.Never)]
    [InlineData("2001:30::/48", SpaceClass.Public)]
    [InlineData("2001:db7::/32", SpaceClass.Public)]
    [InlineData("2001:db8:ffff::/48", SpaceClass.Documentation)]
    [InlineData("2002::/48", SpaceClass.Never)]
    [InlineData("3fff:fff::/48", SpaceClass.Documentation)]
    [InlineData("3fff:1000::/48", SpaceClass.Public)]
    [InlineData("4000::/48", SpaceClass.Never)]
    [InlineData("fc00::/48", SpaceClass.Private)]
    [InlineData("fdff:1::/48", SpaceClass.Private)]
    [InlineData("fe00::/48", SpaceClass.Never)]
    [InlineData("fe80::/64", SpaceClass.Never)]
    [InlineData("ff02::/48", SpaceClass.Never)]
    public void The_borders_of_special_space_are_those_of_the_registries(
        string prefix,
        SpaceClass expected
    ) => Assert.Equal(expected, SpecialPurpose.ClassOf(IpPrefix.Parse(prefix)));
}
