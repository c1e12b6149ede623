package io.milepost.analytics.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.analytics.store.Backup;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.InetAddress;

/** For the operator, not for dashboards: heard on this machine only, and not when a web page asks. */
@Controller("/backup")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class BackupController {

    private final Backup backup;

    BackupController(Backup backup) {
        this.backup = backup;
    }

    @Post(consumes = "*/*")
    @Status(HttpStatus.CREATED)
    BackupAnswer take(HttpRequest<?> request) {
        InetAddress sender = request.getRemoteAddress().getAddress();
        if (sender == null
                || !sender.isLoopbackAddress()
                || request.getHeaders().contains(HttpHeaders.ORIGIN)) {
            throw new ProblemException(Problem.of(
                    HttpStatus.FORBIDDEN,
                    "local-only",
                    "Local only",
                    "A backup is taken at the request of a program on the service's own machine."));
        }
        return backup.take()
                .map(file -> new BackupAnswer(file.toString()))
                .orElseThrow(() -> new ProblemException(Problem.of(
                        HttpStatus.CONFLICT,
                        "not-embedded",
                        "Not embedded",
                        "The database is a server of its own: back it up with its own tools, such as pg_dump.")));
    }

    record BackupAnswer(String file) {}
}
