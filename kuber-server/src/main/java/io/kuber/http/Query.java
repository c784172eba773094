package io.kuber.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The immutable parameters of a query, decoded, in the order of the request. */
public final class Query {
  /** No parameters. */
  public static final Query EMPTY = new Query(List.of());

  private final List<Parameter> parameters;

  private Query(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads what stands behind the question mark of a URI.
   *
   * @throws IllegalArgumentException when an escape is broken
   */
  public static Query parse(String raw) {
    if (raw.isEmpty()) {
      return EMPTY;
    }
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : raw.split("&")) {
      if (!pair.isEmpty()) {
        parameters.add(parameter(pair));
      }
    }
    return new Query(List.copyOf(parameters));
  }

  private static Parameter parameter(String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    return new Parameter(Escapes.decode(name, true), Escapes.decode(value, true));
  }

  /** The first value of the parameter. */
  public Optional<String> first(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name.equals(name))
        .map(Parameter::value)
        .findFirst();
  }

  /** All values of the parameter, in order. */
  public List<String> all(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name.equals(name))
        .map(Parameter::value)
        .toList();
  }

  /** Whether the parameter is there, with or without a value. */
  public boolean has(String name) {
    return first(name).isPresent();
  }

  /**
   * Whether the parameter is there and neither {@code false} nor {@code 0}: without a value it is
   * true (k8s.io/apimachinery, pkg/runtime/conversion.go).
   */
  public boolean isTrue(String name) {
    return first(name)
        .filter(value -> !value.equals("0") && !value.equalsIgnoreCase("false"))
        .isPresent();
  }

  /** All parameters in order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** One parameter, decoded. */
  public record Parameter(String name, String value) {}
}
