package io.kuber.cli.command;

import io.kuber.cli.output.CommandFailure;
import io.kuber.cli.output.Steps;
import io.kuber.testkit.report.Pulse;
import io.kuber.testkit.report.Report;
import io.kuber.testkit.scenario.BadScenarioException;
import io.kuber.testkit.scenario.Scenario;
import io.kuber.testkit.scenario.ScenarioFile;
import io.kuber.testkit.scenario.ScenarioRun;
import io.kuber.testkit.scenario.ScenarioRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays a scenario on simulated nodes, and writes a page that tells what happened. */
@Command(
    name = "simulate",
    description = "Plays a scenario on simulated nodes and writes a report with plots.",
    mixinStandardHelpOptions = true)
public final class Simulate implements Callable<Integer> {
  private static final String ENDING = "\\.ya?ml$";

  @Parameters(paramLabel = "SCENARIO", description = "a file in YAML that says what is to happen")
  private Path file = Path.of("");

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "the page to write (default: the scenario's name, ending in .html)")
  private @Nullable Path report;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "decides instead of the scenario's seed which nodes fail")
  private @Nullable Long seed;

  @Override
  public Integer call() throws Exception {
    Steps steps = Steps.onStandardOutput();
    Scenario read = read();
    Scenario scenario = seed == null ? read : read.seeded(seed);
    Path page = report == null ? besides(file) : report;
    steps.say(scenario.name());
    Outcome outcome = play(scenario, steps);
    write(page, Report.html(outcome.measured()));
    steps.say("");
    steps.say("Report: " + page.toAbsolutePath().normalize());
    if (outcome.failure().isPresent()) {
      throw new CommandFailure(outcome.failure().get());
    }
    return 0;
  }

  private Scenario read() {
    try {
      return ScenarioFile.read(file);
    } catch (BadScenarioException bad) {
      throw new CommandFailure("the scenario cannot be played:\n" + bad.getMessage());
    } catch (IOException e) {
      throw new CommandFailure("SCENARIO: " + file + " cannot be read");
    }
  }

  private static Path besides(Path file) {
    return Path.of(file.getFileName().toString().replaceFirst(ENDING, "") + ".html");
  }

  private static Outcome play(Scenario scenario, Steps steps) throws Exception {
    try {
      return ScenarioRun.play(
          scenario,
          RunningCluster.progress(steps),
          observation -> {
            Pulse pulse = observation.pulse();
            steps.beside(pulse::line);
          });
    } catch (BadScenarioException bad) {
      throw new CommandFailure(String.valueOf(bad.getMessage()));
    }
  }

  private static void write(Path page, String html) {
    try {
      Files.writeString(page, html);
    } catch (IOException e) {
      throw new CommandFailure("--report: " + page + " cannot be written: " + e.getMessage());
    }
  }
}
