namespace Appliance.Sources.Archives.Checksums;

/// <summary>
/// Tables for reflected cyclic redundancy checks that take eight bytes per step. Table k of the eight (256 values each)
/// holds what a byte contributes when k more bytes follow it.
/// </summary>
internal static class SlicedTable
{
    public const int Slices = 8;

    public static ulong[] Create(ulong reflectedPolynomial)
    {
        var table = new ulong[Slices * 256];
        for (var value = 0; value < 256; value++)
        {
            var remainder = (ulong)value;
            for (var bit = 0; bit < 8; bit++)
            {
                remainder = (remainder >> 1) ^ ((remainder & 1) == 0 ? 0 : reflectedPolynomial);
            }

            table[value] = remainder;
        }

        for (var index = 256; index < table.Length; index++)
        {
            var shorter = table[index - 256];
            table[index] = (shorter >> 8) ^ table[(byte)shorter];
        }

        return table;
    }
}
