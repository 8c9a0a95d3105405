using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Archives.Xz;

/// <summary>The content of an .xz file, block after block, for what is read once from its start to its end.</summary>
internal sealed class XzStream(SafeFileHandle input, XzLayout layout) : ForwardStream
{
    private XzBlockReader? block;
    private int next;

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (count > 0 && (block is not null || next < layout.Blocks.Count))
        {
            block ??= new XzBlockReader(input, layout.Blocks[next++]);
            var read = block.Read(buffer, offset, count);
            if (read > 0)
            {
                return read;
            }

            block.ExpectEnd();
            block.Dispose();
            block = null;
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        block?.Dispose();
        base.Dispose(disposing);
    }
}
