namespace Appliance.FirstBoot.Media;

/// <summary>A disk or an image of one that is read at any place.</summary>
internal interface IBlockSource : IDisposable
{
    /// <summary>
    /// Reads as much as is there, up to the length of the buffer; 0 at and after the end. A place that cannot be
    /// read is an <see cref="IOException"/>.
    /// </summary>
    int Read(long offset, Span<byte> buffer);
}
