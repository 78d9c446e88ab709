package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import java.io.IOException;

/// Answers one operation of the API.
@FunctionalInterface
interface Resource {
  Reply answer(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem;
}
