using System.Diagnostics;

namespace Appliance.Build.Tests.Bills;

/// <summary>The CycloneDX project's own validator, from npm's registry.</summary>
internal sealed class CycloneDxValidator : IDisposable
{
    private const string Script = """
        const { Validation, Spec } = require('@cyclonedx/cyclonedx-library');
        const text = require('fs').readFileSync(process.argv[1], 'utf8');
        new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)
          .then(wrong => console.log(wrong ? JSON.stringify(wrong) : 'valid'));
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bill-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Skips the test by name where there is no npm, or no registry.</summary>
    public static async Task<CycloneDxValidator> InstallAsync()
    {
        var validator = new CycloneDxValidator();
        var (exitCode, output) = await validator.RunAsync(
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "@cyclonedx/cyclonedx-library@10.3.0",
            "ajv@8",
            "ajv-formats@3",
            "ajv-formats-draft2019@1"
        );
        if (exitCode != 0)
        {
            validator.Dispose();
        }

        Assert.SkipUnless(exitCode == 0, $"npm cannot install CycloneDX's validator: {output}");
        return validator;
    }

    /// <summary>"valid", or what is wrong.</summary>
    public async Task<string> JudgeAsync(string document)
    {
        var path = Path.Combine(folder.FullName, "bill.json");
        await File.WriteAllTextAsync(path, document, TestContext.Current.CancellationToken);
        return (await RunAsync("node", "-e", Script, path)).Output.Trim();
    }

    private async Task<(int ExitCode, string Output)> RunAsync(
        string program,
        params string[] arguments
    )
    {
        var token = TestContext.Current.CancellationToken;
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = folder.FullName,
                }
            )!;
            var output = process.StandardOutput.ReadToEndAsync(token);
            var error = process.StandardError.ReadToEndAsync(token);
            await process.WaitForExitAsync(token);
            return (process.ExitCode, await output + await error);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (127, exception.Message);
        }
    }
}
