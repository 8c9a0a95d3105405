using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Appliance.Conformance;

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

    /// <summary>Writes the report to a file, atomically.</summary>
    public static void Write(IReadOnlyList<CaseResult> results, string path)
    {
        var aside = path + ".part";
        var settings = new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using (var writer = XmlWriter.Create(aside, settings))
        {
            JUnit(results).Save(writer);
        }

        File.Move(aside, path, overwrite: true);
    }

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
                CaseOutcome.Passed => new XElement("system-out", result.Evidence),
            }
        );

    private static int Count(IEnumerable<CaseResult> results, CaseOutcome outcome) =>
        results.Count(result => result.Outcome == outcome);
}
