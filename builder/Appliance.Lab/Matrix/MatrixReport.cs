using System.Xml.Linq;
using Appliance.Files;
using Appliance.Verify.Reports;

namespace Appliance.Lab.Matrix;

/// <summary>The matrix as JUnit XML: a suite for each session, a test case for each case.</summary>
public static class MatrixReport
{
    public static XDocument JUnit(IReadOnlyList<CaseResult> results) =>
        new(
            new XDeclaration("1.0", "utf-8", null),
            new XElement(
                "testsuites",
                new XAttribute("name", "appliance lab test"),
                new XAttribute("tests", results.Count),
                new XAttribute("failures", Count(results, CaseOutcome.Failed)),
                results
                    .GroupBy(result => result.Session)
                    .Select(session => new XElement(
                        "testsuite",
                        new XAttribute("name", session.Key),
                        new XAttribute("tests", session.Count()),
                        new XAttribute("failures", Count(session, CaseOutcome.Failed)),
                        new XAttribute("skipped", Count(session, CaseOutcome.Skipped)),
                        session.Select(Case)
                    ))
            )
        );

    /// <summary>Writes it to a file, whole or not at all.</summary>
    public static void Write(IReadOnlyList<CaseResult> results, string path) =>
        OutputFile.Write(path, PrintableXml.Write(JUnit(results)));

    private static XElement Case(CaseResult result) =>
        new(
            "testcase",
            new XAttribute("classname", $"lab.{result.Session}"),
            new XAttribute("name", $"{result.Id}: {result.Title}"),
            result.Outcome switch
            {
                CaseOutcome.Failed => new XElement(
                    "failure",
                    new XAttribute("message", result.Evidence)
                ),
                CaseOutcome.Skipped => new XElement(
                    "skipped",
                    new XAttribute("message", result.Evidence)
                ),
                _ => new XElement("system-out", result.Evidence),
            }
        );

    private static int Count(IEnumerable<CaseResult> results, CaseOutcome outcome) =>
        results.Count(result => result.Outcome == outcome);
}
