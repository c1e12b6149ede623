package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages in a real browser. Without one it is skipped, unless {@code CI} is set. */
class SwaggerUiIT {

    private static ApiServer server;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() {
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("no Chromium"));
        assumeTrue(
                Files.isExecutable(chromium) || System.getenv("CI") != null,
                "no Chromium is installed: the pages were not tried in a browser");
        server = ApiServer.start(Map.of());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(chromium).setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            browser.close();
            playwright.close();
            server.close();
        }
    }

    @Test
    void showsEveryOperationAndTriesOneWithoutAnyOtherHost() {
        List<String> elsewhere = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        Page page = browser.newPage();
        page.onRequest(request -> {
            if (!request.url().startsWith(server.uri("/").toString())
                    && !request.url().startsWith("data:")) {
                elsewhere.add(request.url());
            }
        });
        page.onConsoleMessage(message -> complain(complaints, message));
        page.onPageError(complaints::add);

        page.navigate(server.uri("/swagger-ui").toString());
        page.waitForSelector("#operations-Account-getAccount");
        page.click("#operations-Account-getAccount .opblock-summary-control");
        page.click("#operations-Account-getAccount .try-out__btn");
        page.click("#operations-Account-getAccount .execute");
        page.waitForSelector("#operations-Account-getAccount .live-responses-table");

        assertThat(page.textContent("#operations-Account-getAccount .live-responses-table"))
                .contains("200")
                .contains("Milepost");
        assertThat(page.querySelectorAll(".opblock")).hasSizeGreaterThanOrEqualTo(13);
        assertThat(elsewhere).isEmpty();
        assertThat(complaints).isEmpty();
    }

    private static void complain(List<String> complaints, ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
        }
    }
}
