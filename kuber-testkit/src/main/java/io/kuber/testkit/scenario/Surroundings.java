package io.kuber.testkit.scenario;

import io.kuber.testkit.report.Measurements.Fact;
import io.kuber.testkit.report.Observation;
import io.kuber.testkit.report.Units;
import java.util.List;
import java.util.stream.Collectors;

/** Where and how a scenario was played: a figure without that is not a figure. */
final class Surroundings {
  private Surroundings() {}

  static List<Fact> of(Scenario scenario, Observation observation) {
    Runtime runtime = Runtime.getRuntime();
    return List.of(
        new Fact("clock", scenario.clock().toString()),
        new Fact("seed", Long.toString(scenario.seed())),
        new Fact(
            "nodes",
            scenario.pools().stream()
                .map(pool -> "%,d %s".formatted(pool.count(), pool.name()))
                .collect(Collectors.joining(", "))),
        new Fact("stages", stages(scenario)),
        new Fact(
            "nodes that stopped being ready", Units.count(observation.census().reading().lost())),
        new Fact("processors", Integer.toString(runtime.availableProcessors())),
        new Fact("heap at most", Units.bytes(runtime.maxMemory())),
        new Fact("Java", System.getProperty("java.vm.name") + " " + Runtime.version()),
        new Fact("system", System.getProperty("os.name") + " on " + System.getProperty("os.arch")));
  }

  private static String stages(Scenario scenario) {
    return scenario.stages().isEmpty()
        ? "the default ones"
        : scenario.stages().stream().map(stage -> stage.name()).collect(Collectors.joining(", "));
  }
}
