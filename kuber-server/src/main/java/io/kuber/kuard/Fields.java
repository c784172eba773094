package io.kuber.kuard;

import java.util.Map;

/** The members of a JSON object that a caller sent, read with defaults and limits. */
record Fields(Map<?, ?> values) {

  String string(String key) {
    Object value = values.get(key);
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return text;
    }
    throw Refusal.badRequest(key + " must be a string");
  }

  boolean flag(String key) {
    Object value = values.get(key);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw Refusal.badRequest(key + " must be true or false");
  }

  int number(String key, int min, int max) {
    return number(key, 0, min, max);
  }

  int number(String key, int absent, int min, int max) {
    Object value = values.get(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Long number && number >= min && number <= max) {
      return number.intValue();
    }
    throw Refusal.badRequest(key + " must be a whole number from " + min + " to " + max);
  }
}
