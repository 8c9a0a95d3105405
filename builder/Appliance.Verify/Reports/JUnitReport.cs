using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Appliance.Verify.Runs;

namespace Appliance.Verify.Reports;

/// <summary>
/// A result as JUnit XML, in the form that CI systems read: a test suite for each run, a test case for each check.
/// </summary>
public static class JUnitReport
{
    public static XDocument Write(VerifyResult result)
    {
        var suites = result.Runs.Select(Suite).ToList();
        return new(
            new XDeclaration("1.0", "utf-8", null),
            new XElement(
                "testsuites",
                new XAttribute("name", "appliance verify"),
                new XAttribute("tests", result.Runs.Sum(run => run.Checks.Count)),
                new XAttribute("failures", result.Runs.Sum(FailureCount)),
                new XAttribute("errors", 0),
                new XAttribute("time", Seconds(Sum(result.Runs.Select(run => run.Duration)))),
                suites
            )
        );
    }

    private static XElement Suite(RunResult run) =>
        new(
            "testsuite",
            new XAttribute("name", run.Name),
            new XAttribute("tests", run.Checks.Count),
            new XAttribute("failures", FailureCount(run)),
            new XAttribute("errors", 0),
            new XAttribute("skipped", 0),
            new XAttribute("time", Seconds(run.Duration)),
            new XElement(
                "properties",
                Property("accelerator", run.Accelerator.ToString()),
                Property("reproduce", run.ReproduceCommand)
            ),
            run.Checks.Select(check => Case(run, check)),
            run.LastConsoleLines.Count == 0
                ? null
                : new XElement("system-out", Clean(string.Join('\n', run.LastConsoleLines)))
        );

    private static XElement Case(RunResult run, RunCheck check) =>
        new(
            "testcase",
            new XAttribute("classname", $"verify.{run.Name}"),
            new XAttribute("name", Clean(check.Name)),
            new XAttribute("time", Seconds(check.Duration)),
            check.Passed
                ? null
                : new XElement(
                    "failure",
                    new XAttribute("message", Clean(check.Detail)),
                    Clean($"{check.Detail}\nby hand: {run.ReproduceCommand}")
                )
        );

    private static XElement Property(string name, string value) =>
        new("property", new XAttribute("name", name), new XAttribute("value", Clean(value)));

    private static int FailureCount(RunResult run) => run.Checks.Count(check => !check.Passed);

    private static TimeSpan Sum(IEnumerable<TimeSpan> durations) =>
        durations.Aggregate(TimeSpan.Zero, (sum, duration) => sum + duration);

    private static string Seconds(TimeSpan duration) =>
        duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A guest may print characters that XML 1.0 cannot hold, even escaped.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (
                index + 1 < text.Length
                && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index])
            )
            {
                clean.Append(text, index++, 2);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[index]) ? text[index] : '\ufffd');
            }
        }

        return clean.ToString();
    }
}
