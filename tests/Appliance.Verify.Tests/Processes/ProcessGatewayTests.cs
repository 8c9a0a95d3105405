using System.Diagnostics;
using System.Globalization;
using Appliance.Verify.Processes;

namespace Appliance.Verify.Tests.Processes;

/// <summary>The gateway against a real program: the POSIX shell.</summary>
public sealed class ProcessGatewayTests : IDisposable
{
    private readonly TestFolder folder = new();

    public ProcessGatewayTests()
    {
        Need.Tools(Need.Shell);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Both_streams_and_the_exit_code_come_back()
    {
        var outcome = await Need.Processes.RunUncheckedAsync(
            Shell("echo out; echo err >&2; exit 7"),
            Need.Token
        );
        Assert.Equal(
            (7, "out\n", "err\n"),
            (outcome.ExitCode, outcome.StandardOutput, outcome.StandardError)
        );
    }

    [Fact]
    public async Task A_failure_names_the_quoted_command_the_exit_code_and_both_streams()
    {
        var exception = await Assert.ThrowsAsync<ProcessFailedException>(() =>
            Need.Processes.RunAsync(Shell("echo what I did; echo why not >&2; exit 3"), Need.Token)
        );
        Assert.Contains("`sh -c 'echo what I did;", exception.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("stdout: what I did", exception.Message, StringComparison.Ordinal);
        Assert.Contains("stderr: why not", exception.Message, StringComparison.Ordinal);
        Assert.Equal(VerifyFault.ProcessFailed, exception.Fault);
    }

    [Fact]
    public async Task A_launcher_gets_the_programs_path_and_its_arguments()
    {
        var launched = new ProcessGateway(
            Need.Processes.Tools,
            Shell("printf '%s|' \"$@\"", "launcher", "its own")
        );
        var outcome = await launched.RunAsync(Shell("exit 1", "a b"), Need.Token);
        Assert.Equal(
            $"its own|{Need.Processes.Tools.Find(Need.Shell)}|-c|exit 1|a b|",
            outcome.StandardOutput
        );
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("it's \"quoted\" and \\back\\slashed\\")]
    [InlineData("first\nsecond\n")]
    [InlineData("$HOME `id` $(id) *; & | < >")]
    [InlineData("Zürich 日本 🦆")]
    public async Task Arguments_reach_the_program_as_they_are(string argument)
    {
        var outcome = await Need.Processes.RunAsync(
            Shell("printf '%s|' \"$@\"", "name", argument, "last"),
            Need.Token
        );
        Assert.Equal($"{argument}|last|", outcome.StandardOutput);
    }

    [Fact]
    public async Task Big_outputs_on_both_streams_arrive_whole()
    {
        const string Script =
            "i=0; while [ $i -lt 20000 ]; do echo 0123456789012345678901234567890123456789; "
            + "echo 0123456789 >&2; i=$((i+1)); done";
        var outcome = await Need.Processes.RunAsync(Shell(Script), Need.Token);
        Assert.Equal(
            (20000 * 41, 20000 * 11),
            (outcome.StandardOutput.Length, outcome.StandardError.Length)
        );
    }

    [Fact]
    public async Task Standard_input_is_empty()
    {
        var outcome = await Need.Processes.RunAsync(
            Shell("if read line; then echo \"read $line\"; else echo end; fi"),
            Need.Token
        );
        Assert.Equal("end\n", outcome.StandardOutput);
    }

    [Fact]
    public async Task The_environment_is_clean_but_for_what_is_asked_for()
    {
        Environment.SetEnvironmentVariable("APPLIANCE_TEST_LEAK", "leaked");
        try
        {
            var outcome = await Need.Processes.RunAsync(
                Shell("echo \"${APPLIANCE_TEST_LEAK-clean} $LC_ALL $ASKED\"") with
                {
                    Environment = new Dictionary<string, string> { ["ASKED"] = "given" },
                },
                Need.Token
            );
            Assert.Equal("clean C given\n", outcome.StandardOutput);
        }
        finally
        {
            Environment.SetEnvironmentVariable("APPLIANCE_TEST_LEAK", null);
        }
    }

    [Fact]
    public async Task The_working_folder_is_the_one_that_was_asked_for()
    {
        folder.Write("here", [1]);
        var outcome = await Need.Processes.RunAsync(
            Shell("ls") with
            {
                WorkingFolder = folder.Path,
            },
            Need.Token
        );
        Assert.Equal("here\n", outcome.StandardOutput);
    }

    [Fact]
    public async Task The_time_limit_kills_the_process_and_its_children()
    {
        var exception = await Assert.ThrowsAsync<ProcessFailedException>(() =>
            Need.Processes.RunAsync(
                Shell($"echo begun; (sleep 300 & echo $! > {folder.File("child")}; wait)") with
                {
                    TimeLimit = TimeSpan.FromSeconds(2),
                },
                Need.Token
            )
        );
        Assert.Equal(VerifyFault.TimeLimit, exception.Fault);
        Assert.Contains("time limit of 2 s", exception.Message, StringComparison.Ordinal);
        Assert.Contains("stdout: begun", exception.Message, StringComparison.Ordinal);
        await AssertGoneAsync(ReadId("child"));
    }

    [Fact]
    public async Task Cancellation_kills_the_process_and_is_no_failure_of_it()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Need.Token);
        var running = Need.Processes.RunAsync(
            Shell($"echo $$ > {folder.File("id")}; sleep 300"),
            cancel.Token
        );
        await WaitForFileAsync("id");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await AssertGoneAsync(ReadId("id"));
    }

    [Fact]
    public async Task A_running_process_streams_its_lines_and_dies_when_disposed()
    {
        var seen = new TaskCompletionSource<(ProcessStream, string)>();
        int id;
        await using (
            var running = Need.Processes.Start(
                Shell("echo up >&2; sleep 300"),
                (stream, line) => seen.TrySetResult((stream, line))
            )
        )
        {
            id = running.Id;
            Assert.Equal(
                (ProcessStream.StandardError, "up"),
                await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), Need.Token)
            );
            Assert.False(running.Exit.IsCompleted);
        }

        await AssertGoneAsync(id);
    }

    [Fact]
    public async Task A_running_process_that_ends_says_how()
    {
        await using var running = Need.Processes.Start(Shell("echo last words; exit 5"), null);
        Assert.Equal(5, await running.Exit.WaitAsync(TimeSpan.FromSeconds(30), Need.Token));
        var error = running.Failed("ended at once");
        Assert.Contains("last words", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "`sh -c 'echo last words; exit 5'` ended at once",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_that_is_no_program_is_an_error_with_its_command()
    {
        var path = folder.Write("broken", "\u007fELF no"u8.ToArray());
        MakeExecutable(path);
        var gateway = new ProcessGateway(new HostTools(folder.Path));
        var exception = await Assert.ThrowsAsync<ProcessFailedException>(() =>
            gateway.RunAsync(new(new Tool("broken", "x", "x", "x"), "argument"), Need.Token)
        );
        Assert.Contains(
            "`broken argument` could not be started",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    private static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private static ProcessCommand Shell(string script, params string[] arguments) =>
        new(Need.Shell, ["-c", script, .. arguments]);

    private int ReadId(string name) =>
        int.Parse(File.ReadAllText(folder.File(name)), CultureInfo.InvariantCulture);

    private async Task WaitForFileAsync(string name)
    {
        while (!File.Exists(folder.File(name)) || new FileInfo(folder.File(name)).Length == 0)
        {
            await Task.Delay(20, Need.Token);
        }
    }

    /// <summary>A killed orphan stays visible until its new parent has noticed, so this waits a little.</summary>
    private static async Task AssertGoneAsync(int id)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (!IsRunning(id))
            {
                return;
            }

            await Task.Delay(50, Need.Token);
        }

        Assert.Fail($"process {id} is still running");
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !IsZombie(id);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsZombie(int id)
    {
        var status = $"/proc/{id}/status";
        return File.Exists(status)
            && File.ReadLines(status)
                .Any(line => line.StartsWith("State:\tZ", StringComparison.Ordinal));
    }
}
