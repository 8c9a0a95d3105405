using Appliance.Verify.Qemu;

namespace Appliance.Verify.Tests.Qemu;

public sealed class OvmfLocatorTests : IDisposable
{
    private readonly TestFolder root = new();

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData("usr/share/OVMF/OVMF_CODE_4M.fd", "usr/share/OVMF/OVMF_VARS_4M.fd")]
    [InlineData("usr/share/OVMF/OVMF_CODE.fd", "usr/share/OVMF/OVMF_VARS.fd")]
    [InlineData("usr/share/edk2/ovmf/OVMF_CODE.fd", "usr/share/edk2/ovmf/OVMF_VARS.fd")]
    [InlineData("usr/share/edk2/x64/OVMF_CODE.4m.fd", "usr/share/edk2/x64/OVMF_VARS.4m.fd")]
    [InlineData(
        "opt/homebrew/share/qemu/edk2-x86_64-code.fd",
        "opt/homebrew/share/qemu/edk2-i386-vars.fd"
    )]
    public void Both_files_are_found_where_distributions_put_them(string code, string variables)
    {
        Put(code);
        Put(variables);
        Assert.Equal(
            new UefiFirmware(root.File(code), root.File(variables)),
            new OvmfLocator(root.Path).Find()
        );
    }

    [Fact]
    public void The_larger_variant_is_taken_before_the_smaller_and_sizes_are_not_mixed()
    {
        Put("usr/share/OVMF/OVMF_CODE_4M.fd");
        Put("usr/share/OVMF/OVMF_CODE.fd");
        Put("usr/share/OVMF/OVMF_VARS.fd");
        Assert.EndsWith(
            "OVMF_CODE.fd",
            new OvmfLocator(root.Path).Find().CodePath,
            StringComparison.Ordinal
        );
        Put("usr/share/OVMF/OVMF_VARS_4M.fd");
        Assert.EndsWith(
            "OVMF_CODE_4M.fd",
            new OvmfLocator(root.Path).Find().CodePath,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Code_for_secure_boot_or_without_variables_does_not_count()
    {
        Put("usr/share/OVMF/OVMF_CODE_4M.secboot.fd");
        Put("usr/share/OVMF/OVMF_CODE.fd");
        var exception = Assert.Throws<VerifyException>(() => new OvmfLocator(root.Path).Find());
        Assert.Equal(VerifyFault.MissingFirmware, exception.Fault);
        Assert.Contains("apt install ovmf", exception.Message, StringComparison.Ordinal);
    }

    private void Put(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(root.File(path))!);
        root.Write(path, [0]);
    }
}
