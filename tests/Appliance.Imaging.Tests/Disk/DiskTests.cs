using Appliance.Imaging.Disk;
using Appliance.Imaging.Fat;
using Appliance.Imaging.Gpt;
using Appliance.Imaging.Tests.Support;
using Appliance.Imaging.Tree;
using Appliance.Imaging.Ufs2;

namespace Appliance.Imaging.Tests.Disk;

public sealed class DiskTests
{
    private static DiskLayout Layout(FileTree root)
    {
        FileTree esp = Samples.Tree();
        esp.AddFile("EFI/BOOT/BOOTX64.EFI", Samples.Bytes(100_000, 9), Samples.File, "test");
        var fat = FatFileSystem.Plan(
            esp,
            new FatOptions
            {
                Size = 34 << 20,
                VolumeId = 7,
                Label = "EFISYS",
            }
        );
        var ufs = Ufs2FileSystem.Plan(root, Samples.Ufs2 with { Size = 100 << 20 });
        return new DiskLayout(
            Id("disk"),
            [
                new(
                    "gptboot",
                    PartitionTypes.FreeBsdBoot,
                    Id("boot"),
                    512 << 10,
                    new RawContent(Samples.Bytes(130_000, 8))
                ),
                new("efi", PartitionTypes.Efi, Id("efi"), null, fat),
                new("root-a", PartitionTypes.FreeBsdUfs, Id("a"), null, ufs, PartitionTypes.BootMe),
                new("root-b", PartitionTypes.FreeBsdUfs, Id("b"), 100 << 20, null),
            ]
        )
        {
            BootCode = Samples.Read(Samples.Bytes(512, 10)),
        };
    }

    private static Guid Id(string seed) => DeterministicGuid.FromSeed(seed);

    [Fact]
    public void Sgdisk_finds_no_fault_and_the_partitions_where_the_plan_says()
    {
        using var scratch = new Scratch();
        DiskPlan plan = DiskPlan.Resolve(Layout(Samples.Random(1, 100)));
        string image = scratch["disk.img"];
        ImageFile.WriteRaw(plan, image, null, TestContext.Current.CancellationToken);

        Assert.Contains(
            "No problems found",
            ForeignTool.Run("sgdisk", "-v", image),
            StringComparison.Ordinal
        );
        foreach (PlacedPartition placed in plan.Partitions)
        {
            string info = ForeignTool.Run("sgdisk", "-i", $"{placed.Number}", image);
            Assert.Contains(
                $"First sector: {placed.Offset / 512} ",
                info,
                StringComparison.Ordinal
            );
            Assert.Contains(
                $"Partition size: {placed.Size / 512} sectors",
                info,
                StringComparison.Ordinal
            );
            Assert.Contains($"'{placed.Partition.Label}'", info, StringComparison.Ordinal);
            Assert.Contains(
                placed.Partition.Id.ToString().ToUpperInvariant(),
                info,
                StringComparison.Ordinal
            );
            Assert.Contains(
                placed.Partition.Type.ToString().ToUpperInvariant(),
                info,
                StringComparison.Ordinal
            );
            Assert.Equal(0, placed.Offset % (1 << 20));
        }
        Assert.Contains(
            "0800000000000000",
            ForeignTool.Run("sgdisk", "-i", "3", image),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_boot_sector_holds_the_boot_code_and_one_protective_entry()
    {
        using var scratch = new Scratch();
        DiskPlan plan = DiskPlan.Resolve(Layout(Samples.Tree()));
        ImageFile.WriteRaw(plan, scratch["disk.img"], null, TestContext.Current.CancellationToken);

        using FileStream stream = File.OpenRead(scratch["disk.img"]);
        byte[] sector = new byte[512];
        stream.ReadExactly(sector);
        Assert.Equal(plan.Layout.BootCode.ToArray()[..440], sector[..440]);
        Assert.Equal(new byte[6], sector[440..446]);
        Assert.Equal(0xEE, sector[450]);
        Assert.Equal(plan.Size / 512 - 1, BitConverter.ToUInt32(sector, 458));
        Assert.Equal(new byte[48], sector[462..510]);
        Assert.Equal([0x55, 0xAA], sector[510..]);
    }

    [Fact]
    public void Grub_reads_both_file_systems_through_the_table()
    {
        using var scratch = new Scratch();
        FileTree root = Samples.Tree();
        FileContent kernel = Samples.Bytes(3_000_000, 4);
        root.AddFile("boot/kernel/kernel", kernel, Samples.File, "test");
        DiskPlan plan = DiskPlan.Resolve(Layout(root));
        string image = scratch["disk.img"];
        ImageFile.WriteRaw(plan, image, null, TestContext.Current.CancellationToken);
        File.WriteAllBytes(scratch["kernel"], Samples.Read(kernel));
        File.WriteAllBytes(scratch["loader"], Samples.Read(Samples.Bytes(100_000, 9)));

        ForeignTool.Run(
            "grub-fstest",
            image,
            "cmp",
            "(loop0,gpt3)/boot/kernel/kernel",
            scratch["kernel"]
        );
        ForeignTool.Run(
            "grub-fstest",
            image,
            "cmp",
            "(loop0,gpt2)/EFI/BOOT/BOOTX64.EFI",
            scratch["loader"]
        );
        Assert.NotEqual(
            0,
            ForeignTool
                .Try(
                    "grub-fstest",
                    image,
                    "cmp",
                    "(loop0,gpt3)/boot/kernel/kernel",
                    scratch["loader"]
                )
                .ExitCode
        );
    }

    [Fact]
    public void Sgdisk_notices_a_changed_table()
    {
        using var scratch = new Scratch();
        DiskPlan plan = DiskPlan.Resolve(Layout(Samples.Tree()));
        string image = scratch["disk.img"];
        ImageFile.WriteRaw(plan, image, null, TestContext.Current.CancellationToken);
        using (FileStream stream = File.OpenWrite(image))
        {
            stream.Position = 1024 + 40;
            stream.WriteByte(0x77);
        }

        Assert.DoesNotContain(
            "No problems found",
            ForeignTool.Try("sgdisk", "-v", image).All,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_qcow2_image_is_clean_and_equals_the_raw_one()
    {
        using var scratch = new Scratch();
        DiskPlan plan = DiskPlan.Resolve(Layout(Samples.Random(2, 300)));
        ImageFile.WriteRaw(plan, scratch["disk.img"], null, TestContext.Current.CancellationToken);
        ImageFile.WriteQcow2(
            plan,
            scratch["disk.qcow2"],
            null,
            TestContext.Current.CancellationToken
        );

        Assert.Contains(
            "No errors were found",
            ForeignTool.Run("qemu-img", "check", "-f", "qcow2", scratch["disk.qcow2"]),
            StringComparison.Ordinal
        );
        string[] compare =
        [
            "compare",
            "-f",
            "raw",
            "-F",
            "qcow2",
            scratch["disk.img"],
            scratch["disk.qcow2"],
        ];
        ForeignTool.Run("qemu-img", compare);
        Assert.True(new FileInfo(scratch["disk.qcow2"]).Length < plan.Size / 4);

        using (FileStream stream = File.OpenWrite(scratch["disk.qcow2"]))
        {
            stream.Position = 200_000;
            stream.Write(new byte[4096]);
        }
        Assert.NotEqual(0, ForeignTool.Try("qemu-img", compare).ExitCode);
    }

    [Fact]
    public void A_large_empty_qcow2_disk_is_small_and_clean()
    {
        using var scratch = new Scratch();
        var layout = new DiskLayout(
            Id("disk"),
            [new("data", PartitionTypes.FreeBsdUfs, Id("data"), 1L << 40, null)]
        );
        ImageFile.WriteQcow2(
            DiskPlan.Resolve(layout),
            scratch["disk.qcow2"],
            null,
            TestContext.Current.CancellationToken
        );

        ForeignTool.Run("qemu-img", "check", scratch["disk.qcow2"]);
        Assert.True(new FileInfo(scratch["disk.qcow2"]).Length < 2 << 20);
    }

    [Fact]
    public void Two_writes_are_identical_in_every_format()
    {
        using var scratch = new Scratch();
        for (int run = 0; run < 2; run++)
        {
            DiskPlan plan = DiskPlan.Resolve(Layout(Samples.Random(5, 100)));
            ImageFile.WriteRaw(
                plan,
                scratch[$"{run}.img"],
                null,
                TestContext.Current.CancellationToken
            );
            ImageFile.WriteQcow2(
                plan,
                scratch[$"{run}.qcow2"],
                null,
                TestContext.Current.CancellationToken
            );
        }
        Assert.Equal(scratch.Digest("0.img"), scratch.Digest("1.img"));
        Assert.Equal(scratch.Digest("0.qcow2"), scratch.Digest("1.qcow2"));
    }

    [Fact]
    public void Layouts_that_contradict_themselves_are_refused()
    {
        DiskLayout good = Layout(Samples.Tree());
        Partition first = good.Partitions[0];
        AssertRefused(good with { Partitions = [first, first with { Id = Id("x") }] }, "labelled");
        AssertRefused(good with { Partitions = [first, first with { Label = "x" }] }, "GUID");
        AssertRefused(
            good with
            {
                Partitions = [first with { Label = new string('x', 37) }],
            },
            "37"
        );
        AssertRefused(
            good with
            {
                Partitions = [first with { Size = null, Content = null }],
            },
            "size"
        );
        AssertRefused(good with { Alignment = 1000 }, "alignment");
        AssertRefused(good with { Size = 1_000_001 }, "sector");
        NoRoomException content = Assert.Throws<NoRoomException>(() =>
            DiskPlan.Resolve(good with { Partitions = [first with { Size = 100_352 }] })
        );
        Assert.Equal(130_000 - 100_352, content.MissingBytes);
        NoRoomException disk = Assert.Throws<NoRoomException>(() =>
            DiskPlan.Resolve(good with { Size = 64 << 20 })
        );
        DiskPlan fits = DiskPlan.Resolve(good with { Size = (64 << 20) + disk.MissingBytes });
        Assert.Equal((64 << 20) + disk.MissingBytes, fits.Size);
    }

    private static void AssertRefused(DiskLayout layout, string expected)
    {
        ImagingException e = Assert.Throws<ImagingException>(() => DiskPlan.Resolve(layout));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }
}
