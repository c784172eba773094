package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Flags of the form {@code NAME=VALUE}: environments, labels, build arguments, filters. */
final class Pairs {
  private Pairs() {}

  /** An environment: a name without a value takes that of this process, if it has one. */
  static Items environment(List<Path> files, List<String> flags, Map<String, String> own)
      throws IOException {
    List<String> all = new ArrayList<>();
    for (Path file : files) {
      all.addAll(lines("--env-file", file));
    }
    all.addAll(flags);
    Map<String, String> environment = new LinkedHashMap<>();
    for (String each : all) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? each : each.substring(0, equals);
      if (name.isEmpty()) {
        throw new CommandFailure("--env: invalid environment variable: " + each);
      }
      @Nullable String value = equals < 0 ? own.get(name) : each.substring(equals + 1);
      if (value != null) {
        environment.put(name, name + "=" + value);
      }
    }
    return Items.copyOf(environment.values());
  }

  /** The lines of a file without comments and empty ones. */
  static List<String> lines(String flag, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(flag + ": " + file + " cannot be read");
    }
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String text = line.stripLeading();
      if (!text.isEmpty() && !text.startsWith("#")) {
        if (text.substring(0, Math.max(0, text.indexOf('='))).contains(" ")) {
          throw new CommandFailure(
              flag + ": " + file + ": variable '" + text + "' contains whitespaces");
        }
        lines.add(text);
      }
    }
    return lines;
  }

  /** Texts by their names; a name alone has an empty text. */
  static Tree texts(List<String> flags) {
    return texts(flags, name -> "");
  }

  /** Texts by their names; a name alone has what {@code otherwise} says. */
  static Tree texts(List<String> flags, UnaryOperator<String> otherwise) {
    Tree.Builder tree = Tree.builder();
    for (String each : flags) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? each : each.substring(0, equals);
      tree.put(name, equals < 0 ? otherwise.apply(each) : each.substring(equals + 1));
    }
    return tree.build();
  }

  /** The parameter {@code filters} of what {@code --filter} flags say; empty for none. */
  static String filters(List<String> flags) {
    Map<String, Tree> filters = new LinkedHashMap<>();
    for (String each : flags) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new CommandFailure("--filter: bad format of filter (expected name=value): " + each);
      }
      String name = each.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      String value = each.substring(equals + 1).strip();
      filters.put(name, filters.getOrDefault(name, Tree.EMPTY).with(value, true));
    }
    if (filters.isEmpty()) {
      return "";
    }
    Tree.Builder tree = Tree.builder();
    filters.forEach(tree::put);
    return new String(Json.print(tree.build()), StandardCharsets.UTF_8);
  }
}
