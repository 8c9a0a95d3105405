using System.Text;
using Appliance.Lab.Daemons;
using Appliance.Lab.Guests;

namespace Appliance.Lab.Tests.Guests;

/// <summary>
/// What netstat(1) of FreeBSD 15.0 printed on the example edge, with the 328 bytes of a neighbor that did not read, and after
/// strangers had tried passwords.
/// </summary>
public class FreeBsdTcpTests
{
    private static readonly string Connections = Sample("netstat-tcp.txt");
    private static readonly string Counters = Sample("netstat-tcp.json");

    [Theory]
    [InlineData(179, 328L)]
    [InlineData(22, 0L)]
    [InlineData(79, 0L)]
    public void What_waits_on_a_port_is_added_up(int port, long bytes) =>
        Assert.Equal(bytes, FreeBsdTcp.Unsent(Connections, port));

    [Fact]
    public void Connections_that_are_closing_do_not_count() =>
        Assert.Equal(
            7,
            FreeBsdTcp.Unsent(
                """
                Active Internet connections
                Proto     Recv-Q Send-Q Local Address       Foreign Address     (state)
                tcp6           0      3 2001:db8::2.179     2001:db8::3.37023   ESTABLISHED
                tcp4           0      4 192.0.2.2.179       192.0.2.3.37023     ESTABLISHED
                tcp4           0      8 192.0.2.2.1179      192.0.2.3.37023     ESTABLISHED
                tcp4           0     16 192.0.2.2.37023     192.0.2.3.179       ESTABLISHED
                tcp4           0     32 192.0.2.2.179       192.0.2.3.37024     LAST_ACK
                tcp4           0     64 192.0.2.2.179       192.0.2.3.37025     TIME_WAIT
                """,
                179
            )
        );

    [Fact]
    public void Counters_of_TCP_MD5_are_read() =>
        Assert.Equal(new TcpSignatures(8, 8), FreeBsdTcp.Signatures(Counters));

    [Theory]
    [InlineData("")]
    [InlineData("netstat: sysctl: net.inet.tcp.pcblist: Invalid argument")]
    [InlineData("Proto Recv-Q Send-Q\ntcp4 0 x 192.0.2.2.179 192.0.2.3.37023 ESTABLISHED")]
    public void Another_list_is_an_error_that_says_so(string text) =>
        Assert.Equal(
            LabFault.Failed,
            Assert.Throws<LabException>(() => FreeBsdTcp.Unsent(text, 179)).Fault
        );

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"statistics": {"tcp": {"tcp-signature": {"no-signature-provided": "x"}}}}""")]
    public void Other_counters_are_an_error_that_says_so(string text) =>
        Assert.Equal(
            LabFault.Failed,
            Assert.Throws<LabException>(() => FreeBsdTcp.Signatures(text)).Fault
        );

    [Fact]
    public void Damaged_answers_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(15);
        for (var i = 0; i < 2000; i++)
        {
            Try(() => FreeBsdTcp.Unsent(Damaged(Connections, random), 179));
            Try(() => FreeBsdTcp.Signatures(Damaged(Counters, random)));
        }
    }

    private static string Damaged(string text, Random random)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var hits = random.Next(1, 6); hits > 0; hits--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);
        }

        return Encoding.ASCII.GetString(bytes);
    }

    private static void Try<T>(Func<T> read)
    {
        try
        {
            _ = read();
        }
        catch (LabException)
        {
            // Refused.
        }
    }

    private static string Sample(string name) =>
        File.ReadAllText(RepositoryRoot.Combine("tests", "Appliance.Lab.Tests", "Guests", name));
}
