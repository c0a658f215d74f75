//! Russian phrases.

use super::list::{Change, Closed, ITEMS, Item, LivePhrases, MapPhrases, Phrases, ReplayPhrases};
use crate::analysis::stress::Effect;

pub(super) const PHRASES: Phrases = Phrases {
    map: MAP,
    live: LIVE,
    replay: REPLAY,
    #[cfg(feature = "charts")]
    on_charts: super::on_charts::russian::PHRASES,
    closure,
    effect,
    method: METHOD,
    section_takes,
    change,
    best,
    simulated,
    unexplained_told,
    grades,
    more_in_scenario,
    to_content: "К содержанию",
    contents: "Содержание",
    larger: "Крупнее",
    smaller: "Мельче",
    whole: "Вся карта",
    copy: "Копировать",
    copied: "Скопировано",
    zoom: "Масштаб карты",
    kind_run: "Один сценарий",
    kind_comparison: "Варианты в сравнении с базовым",
    question_run: "Сколько перевозится, сколько это длится и насколько это надёжно?",
    question_comparison: "Что меняется, если:",
    answer: "Ответ",
    days: "сут.",
    thousand_teu: "тыс. ДФЭ в год",
    figure_median: "Половина прибывает за",
    figure_p95: "Девятнадцать из двадцати за",
    figure_tonnes: "Перевезено",
    figure_teu: "Перевезено контейнеров",
    figure_on_time: "В срок",
    growing: "Очереди растут весь год, поэтому время за ними зависит от длины прогона:",
    traffic: "Перевозки и загрузка",
    shown: "Показано",
    coloured_by: "Цвет по",
    map_caption: "Толщина линии растёт с объёмом перевозок. Кольца стоят там, где ждут поезда и отправки. Данные линии или кольца видны при наведении.",
    days_heading: "На что уходит время",
    days_add_up: "Части складываются в среднее время на участке.",
    days_by_cause: "Среднее время по причинам:",
    days_by_place: "Места, где проходит больше всего времени",
    days_changed: "где меняется время",
    days_in_base: "база, сут.",
    change_days: "изменение, сут.",
    cause: "причина",
    place: "место",
    share: "доля",
    sections_heading: "Время и перевозки",
    time_by_section: "Время по участкам, сут.",
    section: "участок",
    mean: "среднее",
    unexplained: "без объяснения",
    traffic_table: "Перевозки, тыс. т в год; спрос задан",
    cargo: "груз",
    offered: "предложено",
    carried: "перевезено",
    refused: "отказано",
    differences: "отличия от базового варианта",
    figure: "показатель",
    statistic: "статистика",
    unit: "единица",
    base: "база",
    difference: "отличие",
    significant: "статистически значимо",
    yes: "да",
    no: "нет",
    bottlenecks: "Узкие места",
    worst_places: "Места, где больше всего ждут",
    hours_waited: "часов ожидания в год",
    mean_wait: "среднее ожидание, ч",
    used_share: "использовано",
    most_used: "Что загружено больше всего",
    closed: "закрыто",
    down: "неисправно",
    charts: "Графики",
    chart: "График",
    trust: "Насколько этому можно верить",
    not_validated: "Рядом с этими результатами нет наблюдённых данных; их добавляет команда midcor validate.",
    observed_and_simulated: "Наблюдённое и смоделированное: заданное, подобранное и проверенное",
    class: "роль",
    class_input: "задано",
    class_tuned: "подобрано",
    class_tested: "проверено",
    observed: "наблюдено",
    band: "диапазон",
    simulated_value: "смоделировано",
    in_band: "в диапазоне",
    source: "источник",
    inputs_fixed: "Исходные данные взяты как есть: интервалы отражают только случайность, а не неточность данных. Обе части показывает --inputs drawn.",
    inputs_drawn: "Исходные данные варьировались в пределах их неточности.",
    inputs_of_spread: "Исходные данные, дающие наибольший разброс",
    input: "исходное данное",
    what_if: "вариант",
    of_what: "чего",
    assumptions: "Допущения",
    weakest: "Наименее известные",
    all_others: "Все остальные",
    value: "значение",
    range: "пределы",
    grade: "класс",
    method_heading: "Что и как моделировалось",
    method_intro: "Пункты STRESS-DES, руководства по описанию имитационных моделей, насколько их может заполнить программа.",
    left_to_people: "Это должен сказать автор исследования.",
    no_what_ifs: "Только сам сценарий.",
    repeat_heading: "Как повторить",
    repeat_told: "Эта команда даёт те же числа до последнего знака на любой машине и при любом числе потоков.",
    what_was_run: "Что было запущено",
    scenario: "сценарий",
    hash: "хеш содержания",
    seed: "начальное число",
    version: "версия",
};

const LIVE: LivePhrases = LivePhrases {
    residual_moved,
    sampling,
    residual,
    heading: "Попробуйте",
    intro: "Сдвиньте ползунок: коридор моделируется с этим изменением при тех же отправках и штормах, год за годом. С каждым годом ответ точнее.",
    wants_script: "Для ползунков нужен браузер, который исполняет сценарии этой страницы; всё, что ниже, видно и без них.",
    sliders: "Что можно изменить",
    reset: "Вернуть как сегодня",
    today: "сегодня",
    off_today: "сегодня выключено",
    grade_a: "оценка A: официально",
    grade_b: "оценка B: пресса",
    grade_c: "оценка C: вывод",
    no_grade: "без оценки",
    years: "Лет",
    of: "из",
    starting: "Модель запускается …",
    ready: "Коридор как сегодня. Сдвиньте ползунок.",
    simulating: "Смоделировано лет:",
    done: "Готово. Смоделировано лет:",
    stopped: "Остановлено. Смоделировано лет:",
    failed: "Это нельзя смоделировать:",
    stop: "Остановить",
    go: "Продолжить",
    keep: "Оставить и сравнить с другим",
    kept: "Оставленные варианты",
    remove: "Убрать",
    link: "Скопировать ссылку",
    save: "Сохранить как файл сценария",
    repeat: "Те же числа до последней цифры даёт программа:",
    on: "включено",
    as_today: "как сегодня",
    figures_today: "Сегодня, в те же годы:",
    assumed: "На чём это основано",
    given: "Спрос и маршруты заданы: оттого, что быстрее, больше не везут. Исходные данные взяты как записаны.",
    weak: "Значения с оценкой C выведены; все они с источниками стоят в разделе",
    changes: "Что меняется, с интервалами. Стрелка стоит там, где изменение видно.",
    option: "вариант",
    median: "медиана, сут.",
    slowest: "самые медленные 5 %, сут.",
    tonnes: "тыс. т в год",
    teu: "тыс. ДФЭ в год",
    days_by_cause: "где меняются средние сутки на участке",
    today_days: "сегодня, сут.",
};

fn sampling(level: &str) -> String {
    format!(
        "Интервалы верны в {level} % случаев и только для случайности между годами; если смотреть на них снова и снова, ноль случайно остаётся снаружи чаще."
    )
}

fn residual(share: &str) -> String {
    format!("{share} % времени на участке – задержка без известного механизма, её не меняет ни один ползунок.")
}

const MAP: MapPhrases = MapPhrases {
    decimal_mark: ',',
    map: "Карта",
    million_tonnes: "млн т в год",
    used: "использование пропускной способности",
    waits: "ожидание",
    waiting: "ожидают в среднем",
    km: "км",
    hours: "ч",
    map_tonnes: "Перевозки, млн т в год",
    map_tonnes_change: "Изменение, млн т в год",
    map_idle: "перевозок нет",
    map_no_change: "значимого изменения нет",
    map_used: "Использование пропускной способности",
    map_wait: "Среднее ожидание линии или судна",
    map_no_limit: "без ограничения",
    map_change: "Отличие от базового варианта",
    map_more: "больше",
    map_less: "меньше",
    map_rings: "Ждут в среднем: поезда, отправки",
    map_rings_change: "Изменение числа ожидающих в среднем",
    map_title: "перевозки, загрузка и ожидание",
    map_enlarged: "Увеличено",
    map_source: "Берега и границы: Natural Earth, упрощённо; они не выражают позиции в спорах",
};

const REPLAY: ReplayPhrases = ReplayPhrases {
    chosen: replay_chosen,
    worst: replay_worst,
    median: replay_median,
    heading: "Смоделированный год день за днём",
    drawn: "Один смоделированный год — один из многих возможных, а не тот, что был. Показаны все поезда, группы вагонов и суда с точностью до четверти часа; между двумя узлами место определяется долей прошедшего времени в пути. Суда извне видны только в порту. Кольца — ожидающие тонны, снятые каждые шесть часов; площадь растёт с тоннами.",
    days: "сут",
    tonnes: "т",
    year: "Год",
    play: "Пуск",
    pause: "Пауза",
    speed: "Суток в секунду",
    leave: "Вернуться к средним",
    time: "День года",
    train: "поезд или группа вагонов",
    lorry: "грузовик",
    ship: "судно в море",
    moored: "судно в порту",
    waiting: "ожидающие тонны",
    closed: "закрыто",
    trains: "на рельсах",
    lorries: "на дорогах",
    at_sea: "судов в море",
    in_port: "в портах",
    waits: "ожидает тонн",
    nothing: "ничего",
};

fn replay_chosen(of: &str, section: Option<&str>) -> String {
    match section {
        Some(section) => format!(
            "Из смоделированных лет ({of}) худший — тот, в котором среднее время на участке {section} самое большое; медианный стоит посередине."
        ),
        None => format!(
            "Из смоделированных лет ({of}) худший — тот, в котором перевезено меньше всего; медианный стоит посередине."
        ),
    }
}

fn replay_worst(number: &str, value: &str) -> String {
    format!("худший (№ {number}: {value})")
}

fn replay_median(number: &str, value: &str) -> String {
    format!("медианный (№ {number}: {value})")
}

fn residual_moved(command: &str) -> String {
    format!(
        "сдвинута остаточная задержка, которая откалибрована и не имеет механизма, так что её последствия приняты, а не смоделированы. Страница не отделяет одно от другого; это делает команда: {command}"
    )
}

const METHOD: [Item; ITEMS] = [
    Item { number: "1.1", name: "Цель", told: "{description}" },
    Item {
        number: "1.2",
        name: "Результаты модели",
        told: "Время на {sections} участках с процентилями по всем отправкам, объёмы, ожидание и загрузка каждого места, плата и выбросы. Средние – по прогонам, с интервалом Стьюдента со сдвигом на асимметрию; интервалы процентилей – по секциям объединённых прогонов.",
    },
    Item { number: "1.3", name: "Цели экспериментов", told: "Сценарии: {what-ifs}" },
    Item {
        number: "2.1", name: "Схема модели", told: "На карте выше показаны узлы, звенья и места ожидания."
    },
    Item {
        number: "2.2",
        name: "Логика модели",
        told: "Отправки идут по маршрутам; на каждом шаге они ждут обслуживания, нитки, места, вагонов или судна, обслуживаются и идут дальше. Суда ходят по кругу между портами. Закрытия, часы работы и запреты погрузки останавливают то, что в них названо.",
    },
    Item { number: "2.3", name: "Логика сценариев", told: "{what-ifs}" },
    Item {
        number: "2.4",
        name: "Алгоритмы",
        told: "Очереди – в порядке прибытия, с приоритетом, где он задан; поезда наполняются в порядке прибытия; суда берут то, что ждёт и помещается.",
    },
    Item {
        number: "2.5",
        name: "Составляющие",
        told: "Сущности: отправки {flows} потоков и {cargoes} грузов, поезда, суда {fleets} флотов. Действия: {links} звеньев и {facilities} пунктов обработки в {nodes} узлах. Ресурсы: {storages} складов, {pools} парков вагонов, локомотивов и прочего. Очередь стоит перед каждым из них. Закрытий: {closures}.",
    },
    Item {
        number: "2.5.5",
        name: "Вход и выход",
        told: "Отправки появляются в начале потока по его закону и покидают модель в пункте назначения либо получают отказ в приёме.",
    },
    Item {
        number: "3.1",
        name: "Источники данных",
        told: "Источник назван у {sourced} из {inputs} величин; они есть в списке допущений.",
    },
    Item {
        number: "3.2",
        name: "Подготовка данных",
        told: "Что было выведено, сказано в примечаниях к допущениям; остальное должен сказать автор исследования.",
    },
    Item {
        number: "3.3",
        name: "Входные параметры",
        told: "{inputs} величин, все в файле scenario.toml рядом с результатами.",
    },
    Item {
        number: "3.4", name: "Допущения", told: "См. список допущений, наименее известные – первыми."
    },
    Item {
        number: "4.1",
        name: "Начальное состояние",
        told: "Модель начинает пустой; первые {warm-up} сут. не входят ни в один показатель. Естественного конца нет.",
    },
    Item {
        number: "4.2",
        name: "Длина прогона",
        told: "{horizon} сут. с {start}, затем {drain} сут., за которые начатое может закончиться.",
    },
    Item {
        number: "4.3",
        name: "Оценивание",
        told: "{replications} независимых прогонов; интервалы {level} %. Варианты получают те же случайные числа, что и базовый, разности берутся попарно.",
    },
    Item {
        number: "5.1",
        name: "Программа",
        told: "midcor {version}, написана на Rust, с базой часовых поясов {time-zones}.",
    },
    Item {
        number: "5.2",
        name: "Случайные числа",
        told: "Philox4x64-10: каждое число – функция начального числа {seed}, имени источника, номера прогона и того, кто спрашивает; обращение функции распределения, где это возможно.",
    },
    Item {
        number: "5.3",
        name: "Выполнение",
        told: "Шаг по событиям в целых миллисекундах; порядок одновременных событий задан. Прогоны идут параллельно, результаты не зависят от числа потоков.",
    },
    Item {
        number: "5.4",
        name: "Система",
        told: "Любая: каждая машина даёт те же числа. Время счёта не хранится, чтобы одинаковые прогоны давали одинаковые файлы.",
    },
    Item {
        number: "6.1",
        name: "Доступ к коду",
        told: "Программа открыта по лицензии MIT; сценарий лежит рядом с результатами.",
    },
];

fn section_takes(section: &str, median: &str, slowest: &str) -> String {
    format!("{section}: половина отправок за {median} сут., девятнадцать из двадцати за {slowest} сут.")
}

fn change(change: &Change) -> String {
    let Change { amount, low, high, is_time, is_less, is_seen } = change;
    let direction = match (is_time, is_less) {
        (true, true) => "сут. короче",
        (true, false) => "сут. дольше",
        (false, true) => "меньше",
        (false, false) => "больше",
    };
    if *is_seen {
        format!("на {amount} {direction} (от {low} до {high})")
    } else {
        format!("разницы не видно (от {low} до {high})")
    }
}

fn best(best: &str, next: &str, low: &str, high: &str, is_sure: bool) -> String {
    if is_sure {
        format!("Лучше всего: {best}; преимущество перед «{next}» от {low} до {high} (надёжно).")
    } else {
        format!("Варианты «{best}» и «{next}» неразличимы.")
    }
}

fn simulated(replications: &str, start: &str, level: &str) -> String {
    format!("Смоделировано лет: {replications}, начиная с {start}; ± – половина ширины {level}-процентного интервала.")
}

fn unexplained_told(share: &str, section: &str) -> String {
    format!(
        "Подобранная задержка без механизма составляет {share} % времени на участке {section} – больше, чем на любом другом: её причина пока неизвестна."
    )
}

fn grades(numbers: &[String; 4]) -> String {
    let [a, b, c, none] = numbers;
    format!("Класс A (официальные данные): {a}; B (пресса): {b}; C (вывод): {c}; без класса: {none}.")
}

fn more_in_scenario(number: &str) -> String {
    format!("Ещё {number} – в файле scenario.toml рядом с результатами.")
}

fn closure(closure: &Closed) -> String {
    let (things, length) = (&closure.things, closure.length.replace(" d", " сут.").replace(" h", " ч"));
    let stops = if closure.stops.is_empty() { String::new() } else { format!(" ({})", closure.stops) };
    let from = closure.from.as_ref().map_or_else(String::new, |from| format!(" с {from}"));
    format!("{things}: закрытие{stops}{from} на {length}")
}

const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Late => "Опоздание, тонно-сутки",
        Effect::LateTeu => "Опоздание, TEU-сутки",
        Effect::Cost => "Цена опоздания, долл.",
        Effect::Refused => "Отказано, т",
        Effect::Lost => "Ушло на внешние маршруты, т",
        Effect::BacklogPeak => "Наибольшее отставание, т",
        Effect::DaysToClear => "Отставание снято, сут. после открытия",
        Effect::NotGone => "Годы, в которые оно не снято",
        Effect::StabledPeak => "Наибольшее число брошенных поездов",
        Effect::StabledMore => "Брошено сверх обычного, поездов",
        Effect::OtherRoutes => "Другими маршрутами, т",
        Effect::OtherRoutesShare => "Другими маршрутами, доля потока закрытых суток",
    }
}
