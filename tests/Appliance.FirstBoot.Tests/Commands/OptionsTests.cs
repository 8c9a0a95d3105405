using Appliance.FirstBoot.Commands;

namespace Appliance.FirstBoot.Tests.Commands;

public class OptionsTests
{
    [Fact]
    public void Verbs_and_options_are_read()
    {
        Assert.Equal(
            new Options("verify", "/tmp/x", TimeSpan.FromSeconds(5)),
            Options.Parse(["verify", "--patience", "5", "--root", "/tmp/x"])
        );
        Assert.Equal(
            new Options("personalise", "", TimeSpan.FromSeconds(60)),
            Options.Parse(["personalise"])
        );
    }

    [Fact]
    public void Flags_may_stand_anywhere_behind_the_verb()
    {
        var options = Options.Parse(["preflight", "--json", "--root", "/tmp/x", "--lift"])!;
        Assert.Equal((true, true, "/tmp/x"), (options.Json, options.Lift, options.Root));
    }

    [Theory]
    [InlineData()]
    [InlineData("explode")]
    [InlineData("verify", "--patience")]
    [InlineData("verify", "--patience", "-1")]
    [InlineData("verify", "--patience", "soon")]
    [InlineData("verify", "--unknown", "1")]
    [InlineData("--root", "/", "verify")]
    public void Anything_else_is_refused(params string[] arguments)
    {
        Assert.Null(Options.Parse(arguments));
    }
}
