using System.Net;
using Appliance.Model.Values;

namespace Appliance.Model.Tests.Values;

public class IpAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("2001:0db8:0000:0001:0001:0001:0001:0001", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:0:0:1:0:0:0:1", "2001:0:0:1::1")]
    [InlineData("2001:db8:0:1:1:1:1:0", "2001:db8:0:1:1:1:1:0")]
    public void An_address_is_written_as_rfc_5952_says(string text, string canonical)
    {
        Assert.True(IpAddress.TryParse(text, out var address, out _));
        Assert.Equal(canonical, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("01.2.3.4")]
    [InlineData("0x7f.0.0.1")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.4\n")]
    [InlineData("[::1]")]
    [InlineData("::1%eth0")]
    [InlineData("fe80::1%1")]
    [InlineData("::1/128")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("::12345")]
    [InlineData("1::2::3")]
    [InlineData(":::")]
    [InlineData("2001:db8::1:80.")]
    [InlineData("example.net")]
    [InlineData("١.2.3.4")]
    public void What_is_no_address_is_refused_with_a_reason_that_does_not_repeat_it(string text)
    {
        Assert.False(IpAddress.TryParse(text, out _, out var reason));
        Assert.NotEmpty(reason);
        Assert.True(text.Length < 3 || !reason.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Random_addresses_come_back_from_their_text_and_agree_with_the_system()
    {
        var random = new Random(1);
        var bytes = new byte[16];
        for (var i = 0; i < 5000; i++)
        {
            random.NextBytes(bytes);

            // Runs of zeros are where texts differ.
            for (var zero = random.Next(16); zero < random.Next(17); zero++)
            {
                bytes[zero] = 0;
            }

            var system = new IPAddress(i % 2 == 0 ? bytes : bytes[..4]);
            Assert.True(
                IpAddress.TryParse(system.ToString(), out var address, out var reason),
                reason
            );
            Assert.Equal(system.ToString(), address.ToString());
        }
    }

    [Theory]
    [InlineData("fe80::1", true)]
    [InlineData("febf::1", true)]
    [InlineData("fec0::1", false)]
    [InlineData("169.254.1.1", true)]
    [InlineData("169.255.1.1", false)]
    public void Link_local_space_is_known(string text, bool isLinkLocal) =>
        Assert.Equal(isLinkLocal, IpAddress.Parse(text).IsLinkLocal);

    [Fact]
    public void Addresses_sort_by_family_and_number()
    {
        IpAddress[] sorted =
        [
            IpAddress.Parse("9.255.0.0"),
            IpAddress.Parse("10.0.0.0"),
            IpAddress.Parse("::"),
            IpAddress.Parse("2001:db8::"),
        ];
        Assert.Equal(sorted, sorted.Reverse().Order());
        Assert.True(sorted[0] < sorted[1] && sorted[2] <= sorted[2] && sorted[3] > sorted[2]);
    }
}
