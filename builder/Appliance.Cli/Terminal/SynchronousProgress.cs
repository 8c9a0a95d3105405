namespace Appliance.Cli.Terminal;

/// <summary>Reports on the caller's thread: <see cref="Progress{T}"/> would reorder steps and outlive the work.</summary>
public sealed class SynchronousProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
