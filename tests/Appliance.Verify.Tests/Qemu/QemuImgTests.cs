using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Verify.Tests.Qemu;

public sealed class QemuImgTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly QemuImg images = new(Need.Processes);

    public QemuImgTests()
    {
        Need.Qemu();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_range_of_an_overlay_is_read_through_to_the_image()
    {
        var content = new byte[1 << 20];
        new Random(7).NextBytes(content);
        var image = folder.Write("a,b.raw", content);
        var overlay = folder.File("o,1.qcow2");
        await images.CreateOverlayAsync(image, overlay, Need.Token);
        var range = await images.ReadAsync(overlay, 66560, 1376, folder.File("range"), Need.Token);
        Assert.Equal(content[66560..(66560 + 1536)], range);
        Assert.False(File.Exists(folder.File("range")));
    }

    [Theory]
    [InlineData("vmdk", "streamOptimized")]
    [InlineData("vpc", "dynamic")]
    public async Task A_converted_image_is_accepted_and_holds_the_same(string format, string kind)
    {
        var image = folder.Write("image.raw", [.. Enumerable.Repeat((byte)7, 1 << 20)]);
        var target = folder.File(format == "vpc" ? "image.vhd" : "image.vmdk");
        await images.ConvertAsync(image, target, format, $"subformat={kind}", Need.Token);
        await images.CheckAsync(target, Need.Token);
        await Need.Processes.RunAsync(new(Tools.QemuImg, "compare", image, target), Need.Token);
    }

    [Fact]
    public async Task A_conversion_that_fails_leaves_nothing()
    {
        var image = folder.Write("image.raw", new byte[1 << 20]);
        var target = folder.File("image.vmdk");
        await Assert.ThrowsAsync<ProcessFailedException>(() =>
            images.ConvertAsync(image, target, "vmdk", "subformat=nonsense", Need.Token)
        );
        Assert.Equal([image], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_said_to_be_missing()
    {
        var exception = await Assert.ThrowsAsync<VerifyException>(() =>
            images.CheckAsync(folder.File("none.raw"), Need.Token)
        );
        Assert.Equal(VerifyFault.ImageNotFound, exception.Fault);
        Assert.Contains(folder.File("none.raw"), exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text.qcow2")]
    [InlineData("text.vmdk")]
    [InlineData("text.vhd")]
    public async Task A_file_that_is_not_what_its_name_says_is_refused(string name)
    {
        var path = folder.Write(name, [.. Enumerable.Repeat((byte)'x', 4096)]);
        await AssertBadAsync(path);
    }

    [Fact]
    public async Task A_damaged_qcow2_is_refused()
    {
        var path = folder.File("image.qcow2");
        await Need.Processes.RunAsync(
            new(Tools.QemuImg, "create", "-q", "-f", "qcow2", path, "1M"),
            Need.Token
        );
        await images.CheckAsync(path, Need.Token);
        var bytes = await File.ReadAllBytesAsync(path, Need.Token);
        bytes[20] ^= 0xff; // cluster_bits
        await File.WriteAllBytesAsync(path, bytes, Need.Token);
        await AssertBadAsync(path);
    }

    [Fact]
    public async Task An_image_that_leans_on_another_file_is_refused()
    {
        var image = folder.Write("base.raw", new byte[1 << 20]);
        var overlay = folder.File("overlay.qcow2");
        await images.CreateOverlayAsync(image, overlay, Need.Token);
        await AssertBadAsync(overlay);
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        await AssertBadAsync(folder.Write("empty.raw", []));
    }

    private async Task AssertBadAsync(string path)
    {
        var exception = await Assert.ThrowsAsync<VerifyException>(() =>
            images.CheckAsync(path, Need.Token)
        );
        Assert.Equal(VerifyFault.BadImage, exception.Fault);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }
}
