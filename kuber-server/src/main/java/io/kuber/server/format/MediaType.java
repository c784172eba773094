package io.kuber.server.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One clause of an {@code Accept} header, or a {@code Content-Type} (RFC 9110, section 8.3).
 *
 * @param type such as {@code application/json}, in lower case
 * @param parameters without {@code q}
 */
public record MediaType(String type, Map<String, String> parameters) {
  /** Clauses of one header that are looked at; a client needs three. */
  private static final int MAX_CLAUSES = 32;

  /** Copies the parameters. */
  public MediaType {
    parameters = Map.copyOf(parameters);
  }

  /** The value of a parameter; empty when it is left out. */
  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** The type of a {@code Content-Type} header; what is left out counts as JSON. */
  public static MediaType ofContent(String header) {
    return header.isBlank() ? new MediaType("application/json", Map.of()) : parse(header).type;
  }

  /** The clauses of an {@code Accept} header, the most wanted first. */
  public static List<MediaType> ofAccept(String header) {
    List<Clause> clauses = new ArrayList<>();
    for (String clause : header.split(",", MAX_CLAUSES)) {
      if (!clause.isBlank()) {
        clauses.add(parse(clause));
      }
    }
    clauses.sort(Comparator.comparingDouble((Clause clause) -> -clause.quality));
    return clauses.stream().filter(clause -> clause.quality > 0).map(Clause::type).toList();
  }

  private static Clause parse(String text) {
    String[] parts = text.split(";");
    Map<String, String> parameters = new LinkedHashMap<>();
    double quality = 1;
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 0) {
        continue;
      }
      String name = parts[i].substring(0, equals).trim().toLowerCase(Locale.ROOT);
      String value = parts[i].substring(equals + 1).trim();
      if (name.equals("q")) {
        quality = quality(value);
      } else {
        parameters.put(name, value.replace("\"", ""));
      }
    }
    return new Clause(new MediaType(parts[0].trim().toLowerCase(Locale.ROOT), parameters), quality);
  }

  private static double quality(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private record Clause(MediaType type, double quality) {}
}
