namespace Appliance.Verify.Tests.Guests;

/// <summary>Reads assembler listings: bytes in hexadecimal, a semicolon, what they mean.</summary>
internal static class MachineCode
{
    public static byte[] Parse(string listing) =>
        Convert.FromHexString(
            string.Concat(listing.Split('\n').Select(line => line.Split(';')[0].Trim()))
        );
}
