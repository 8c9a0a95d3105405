namespace Appliance.Sources.Tests.Support;

/// <summary>Hands progress over at once, on the thread that reports it.</summary>
public sealed class Progress(Action<SourceProgress> report) : IProgress<SourceProgress>
{
    public void Report(SourceProgress value) => report(value);
}
