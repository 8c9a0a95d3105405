namespace Appliance.Conformance.Bgp;

/// <summary>A NOTIFICATION, the reason for ending a session (RFC 4271, 4.5).</summary>
/// <param name="Code">1 header, 2 OPEN, 3 UPDATE, 4 hold timer, 5 state, 6 cease.</param>
/// <param name="Subcode">0 when there is none.</param>
internal sealed record BgpNotification(byte Code, byte Subcode)
{
    /// <exception cref="BgpFormatException">Too short.</exception>
    public static BgpNotification Parse(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        return new(reader.Byte(), reader.Byte());
    }

    public BgpMessage ToMessage() => new(BgpMessageType.Notification, [Code, Subcode]);

    public override string ToString() => $"NOTIFICATION {Code}/{Subcode}";
}
