using Appliance.Files;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Gpt;
using Appliance.Imaging.Tests.Support;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Tests.Disk;

public sealed class ImageFileTests
{
    [Fact]
    public void A_writer_that_fails_leaves_nothing_and_keeps_what_was_there()
    {
        using var scratch = new Scratch();
        string path = scratch["disk.img"];
        File.WriteAllText(path, "the image of yesterday");

        Assert.Throws<ImagingException>(() =>
            ImageFile.WriteContent(
                new RawContent(new Failing()),
                path,
                null,
                TestContext.Current.CancellationToken
            )
        );

        Assert.Equal("the image of yesterday", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(scratch.Folder));
    }

    [Fact]
    public void A_cancelled_write_leaves_nothing()
    {
        using var scratch = new Scratch();
        using var cancel = new CancellationTokenSource();
        var progress = new CancelAtFirstReport(cancel);
        DiskPlan plan = DiskPlan.Resolve(
            new DiskLayout(
                DeterministicGuid.FromSeed("disk"),
                [
                    new(
                        "boot",
                        PartitionTypes.FreeBsdBoot,
                        DeterministicGuid.FromSeed("boot"),
                        null,
                        new RawContent(Samples.Bytes(5 << 20, 1))
                    ),
                ]
            )
        );

        Assert.Throws<OperationCanceledException>(() =>
            ImageFile.WriteRaw(plan, scratch["disk.img"], progress, cancel.Token)
        );
        Assert.Throws<OperationCanceledException>(() =>
            ImageFile.WriteQcow2(plan, scratch["disk.qcow2"], progress, cancel.Token)
        );

        Assert.Empty(Directory.GetFiles(scratch.Folder));
    }

    [Fact]
    public void A_file_that_another_run_is_writing_is_left_alone()
    {
        using var scratch = new Scratch();
        using var other = PendingOutput.Create(scratch["disk.img"]);
        ImageFile.WriteContent(
            new RawContent(Samples.Bytes(10, 1)),
            scratch["disk.img"],
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Samples.Bytes(10, 1), File.ReadAllBytes(scratch["disk.img"]));
        RandomAccess.Write(other.Handle, "other"u8, 0);
        other.Publish();
        Assert.Equal("other", File.ReadAllText(scratch["disk.img"]));
    }

    [Fact]
    public void A_write_outside_its_partition_is_a_fault_and_not_done()
    {
        using var scratch = new Scratch();
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(
            scratch["x"],
            FileMode.Create,
            FileAccess.ReadWrite
        );
        var target = new RawTarget(handle, 0, 100);
        Assert.Throws<ArgumentOutOfRangeException>(() => target.Write(99, new byte[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => target.Write(-1, new byte[1]));
        target.Write(98, new byte[2]);
    }

    private sealed class CancelAtFirstReport(CancellationTokenSource source) : IProgress<long>
    {
        public void Report(long value) => source.Cancel();
    }

    private sealed class Failing : FileContent
    {
        public override long Length => 1 << 20;

        public override void Read(long offset, Span<byte> buffer) =>
            throw new ImagingException("the source is gone");
    }
}
