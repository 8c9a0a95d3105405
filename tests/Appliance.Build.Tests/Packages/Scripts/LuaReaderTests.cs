using Appliance.Build.Packages.Scripts;

namespace Appliance.Build.Tests.Packages.Scripts;

public sealed class LuaReaderTests
{
    private const string Sample = """
          sample_file = pkg.prefixed_path(arg[1])
          if arg[2] == nil then
            target_file = string.gsub(sample_file,'%.sample$', "")
          else
            target_file = pkg.prefixed_path(arg[2])
          end
          if not pkg.stat(target_file) then
            pkg.copy(sample_file, target_file)
          end

        """;

    [Theory]
    [InlineData("etc/a.conf.sample", "/usr/local/etc/a.conf.sample", "/usr/local/etc/a.conf")]
    [InlineData("etc/a.dist etc/b.conf", "/usr/local/etc/a.dist", "/usr/local/etc/b.conf")]
    [InlineData("/etc/a.sample", "/etc/a.sample", "/etc/a")]
    public void A_sample_is_recognised(string arguments, string sample, string target)
    {
        var reading = LuaReader.Read($"-- args: {arguments}\n{Sample}", "/usr/local");

        Assert.Empty(reading.Unknown);
        Assert.Equal([new ScriptEffect.CopySample(sample, target)], reading.Effects);
    }

    [Theory]
    [InlineData("pkg.copy(sample_file, target_file)", "pkg.exec({\"reboot\"})")]
    [InlineData("%.sample$", "%.dist$")]
    [InlineData("-- args: etc/a.sample\n", "")]
    public void A_changed_sample_is_unknown(string part, string instead)
    {
        var script = $"-- args: etc/a.sample\n{Sample}".Replace(
            part,
            instead,
            StringComparison.Ordinal
        );

        var reading = LuaReader.Read(script, "/usr/local");

        Assert.Equal(["sample_file = pkg.prefixed_path(arg[1])"], reading.Unknown);
        Assert.Empty(reading.Effects);
    }
}
