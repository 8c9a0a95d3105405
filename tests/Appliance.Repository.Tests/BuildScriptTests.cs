using System.Management.Automation.Language;

namespace Appliance.Repository.Tests;

/// <summary>PowerShell itself reads build.ps1, so that a typing error is not first found by a user.</summary>
public class BuildScriptTests
{
    [Fact]
    public void Build_script_parses_and_stays_a_few_lines_over_dotnet()
    {
        var script = Parser.ParseFile(
            Path.Combine(RepositoryRoot.Path, "build.ps1"),
            out _,
            out var errors
        );
        Assert.Empty(errors);
        var commands = script
            .FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
            .Cast<CommandAst>()
            .Select(command => command.GetCommandName())
            .Distinct();
        Assert.Equal(["dotnet", "Set-Location"], commands.Order(StringComparer.OrdinalIgnoreCase));
        Assert.InRange(script.Extent.EndLineNumber, 5, 30);
    }

    [Fact]
    public void A_typing_error_is_noticed()
    {
        Parser.ParseInput("switch ($Task) { 'build' { dotnet build }", out _, out var errors);
        Assert.NotEmpty(errors);
    }
}
