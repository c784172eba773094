package io.kuber.json;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Where in a text its fields stand. Lives for one document, on one thread. */
final class YamlLines {
  private final Iterator<Event> events;
  private final Map<String, Integer> lines = new HashMap<>();

  private YamlLines(Iterator<Event> events) {
    this.events = events;
  }

  static Map<String, Integer> of(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(YamlReader.MAX_CHARACTERS)
            .setParseComments(false)
            .build();
    Parse parse = new Parse(settings);
    YamlLines reader = new YamlLines(parse.parseString(text).iterator());
    while (reader.events.hasNext()) {
      if (reader.events.next() instanceof NodeEvent root) {
        reader.read(root, "");
        break;
      }
    }
    return Map.copyOf(reader.lines);
  }

  private void read(NodeEvent event, String path) {
    note(event, path);
    if (event instanceof MappingStartEvent) {
      mapping(path);
    } else if (event instanceof SequenceStartEvent) {
      sequence(path);
    }
  }

  /** A field stands where its name does, so the first to be noted counts. */
  private void note(NodeEvent event, String path) {
    event.getStartMark().ifPresent(mark -> lines.putIfAbsent(path, mark.getLine() + 1));
  }

  private void mapping(String path) {
    for (Event event = events.next(); event instanceof NodeEvent key; event = events.next()) {
      String name = key instanceof ScalarEvent scalar ? scalar.getValue() : "?";
      String field = path.isEmpty() ? name : path + "." + name;
      read(key, field);
      read((NodeEvent) events.next(), field);
    }
  }

  private void sequence(String path) {
    int index = 0;
    for (Event event = events.next(); event instanceof NodeEvent item; event = events.next()) {
      read(item, path + "[" + index++ + "]");
    }
  }
}
