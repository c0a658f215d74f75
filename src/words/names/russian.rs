//! Russian names.

use super::Dictionary;
use super::dictionary::names;
use crate::words::{CapacityKind, Cause, CauseGroup, FixedUnit, Measure, Statistic, SubjectKind};

pub(super) const DICTIONARY: Dictionary = Dictionary { measure, cause, group, subject, unit, statistic, capacity };

names! {
    measure Measure:
    Offered "предложено";
    Carried "перевезено";
    Throughput "пропускной поток";
    ThroughputTeu "пропускной поток, TEU";
    Refused "отказано";
    LostToOutside "ушло на внешние маршруты";
    Outside "внешние маршруты";
    Switches "переходы на другой маршрут";
    Switched "перешло на другой маршрут";
    SwitchedShare "доля перешедших";
    TransitTimeSwitched "время в пути перешедших";
    FreightChargeSwitched "плата за перевозку перешедших";
    SwitchingCost "издержки перехода";
    UnderWay "в пути";
    Backlog "накопление";
    Unfinished "доля незавершённых";
    Trains "поезда";
    Value "стоимость груза";
    TonneKm "тонно-километры";
    TransitTime "время в пути";
    TimeSoFar "время к настоящему моменту";
    TransitTimeDelivered "время в пути прибывших";
    AcceptanceWait "ожидание приёма к перевозке";
    CompleteTime "время до прибытия последней части";
    SectionTime "время на участке";
    CrossingTime "время морского перехода";
    DwellTime "время стоянки";
    Time "время по месту и причине";
    BorderTime "время на границе";
    BorderTimePerJourney "время на границах за рейс";
    UnexplainedShare "доля необъяснённого времени";
    BufferIndex "индекс запаса времени";
    OnTimeShare "доля прибывших в срок";
    SpeedWithoutDelay "скорость без задержек";
    SpeedWithDelay "скорость с задержками";
    WaitingTime "время ожидания";
    Waited "доля ожидавших";
    QueueLength "средняя длина очереди";
    QueueMax "наибольшая длина очереди";
    HoursWaited "часы ожидания";
    WaitingSoFar "ожидание стоящих в очереди";
    WaitingSoFarMax "наибольшее ожидание стоящих в очереди";
    QueueGrowth "рост очереди";
    QueueGrowthShare "доля роста очереди";
    HeldBack "средняя задержка поездов перед заполненным складом";
    HeldBackMax "наибольшая задержка поездов перед заполненным складом";
    HeldWaiting "доля, занятая ожидающими";
    Stabled "брошенные поезда";
    Overflow "переполнение склада";
    Number "среднее число";
    Utilisation "использование";
    Blocked "блокировка";
    Down "простой из-за неисправности";
    Closed "закрытие";
    SpareCapacity "резерв мощности";
    BanDays "дни запрета погрузки";
    LoadFactor "загрузка судов";
    DeckFactor "загрузка палубы";
    SailingShare "в море";
    BerthShare "у причала, не на погрузке";
    LoadingShare "погрузка";
    CargoWaitShare "ожидание груза";
    BerthWaitShare "ожидание причала";
    PortTime "время судна в порту";
    Voyages "рейсы";
    LeftBehind "оставленный груз";
    MissedDepartures "пропущенные отправления";
    Returning "на обратном пути";
    WagonTurn "оборот вагона";
    EmptyRunShare "доля порожнего пробега";
    FreightCharge "плата за перевозку";
    TimeCost "стоимость времени";
    GeneralisedCost "обобщённые издержки";
    Emissions "выбросы";
    Revenue "выручка";
    BorderCost "плата на границе";
    BorderCostPerJourney "плата на границах за рейс";
    Cost500km20t "стоимость 20 т на 500 км";
}

names! {
    cause Cause:
    Running "движение";
    Sailing "плавание";
    Handling "погрузка и выгрузка";
    Border "работа на границе";
    Customs "таможня";
    Documents "документы";
    Inspection "досмотр";
    GaugeChange "смена колеи";
    WaitPath "ожидание нитки графика";
    WaitTrain "ожидание поезда";
    WaitPool "ожидание вагонов и локомотивов";
    WaitVessel "ожидание судна";
    WaitBerth "ожидание причала";
    WaitServer "ожидание обслуживания";
    WaitSpace "ожидание места на складе";
    WaitHours "ожидание часов работы";
    Closed "закрыто";
    Down "неисправность";
    Ban "запрет погрузки";
    Unexplained "без объяснения";
}

names! {
    group CauseGroup:
    Running "движение";
    Sailing "плавание";
    Handling "погрузка и выгрузка";
    Border "граница, таможня, колея";
    WaitLand "ожидание: нитка, поезд, вагоны";
    WaitSea "ожидание: судно, причал";
    WaitPlace "ожидание: обслуживание, место, часы";
    Shut "закрыто, неисправно, запрет";
    Unexplained "без объяснения";
}

names! {
    subject SubjectKind:
    Corridor "коридор";
    All "все потоки";
    Cargo "груз";
    Tag "метка";
    Flow "поток";
    Flows "потоки";
    Route "маршрут";
    Outside "внешний маршрут";
    Section "участок";
    Node "узел";
    Link "звено";
    Fleet "флот";
    Visit "суда со стороны";
    Pool "парк";
    Closure "закрытие";
    Ban "запрет погрузки";
    Switch "точка перехода";
    Operator "оператор";
    Country "страна";
}

names! {
    unit FixedUnit:
    One "без единицы";
    Tonnes "тонны";
    TonnesPerYear "тонны в год";
    TonneKmPerYear "тонно-километры в год";
    Days "дни";
    Hours "часы";
    HoursPerYear "часы в год";
    DaysPerYear "дни в год";
    KmPerHour "километры в час";
    Usd "доллары США";
    UsdPerYear "доллары США в год";
    UsdPerTonne "доллары США за тонну";
    UsdPer20Tonnes "доллары США за 20 тонн";
    TrainsPerYear "поезда в год";
    TrainsPerDay "поезда в сутки";
    SailingsPerYear "рейсы судов в год";
    DeparturesPerYear "отправления в год";
    ShipmentsPerYear "отправки в год";
}

names! {
    statistic Statistic:
    Mean "среднее";
    P5 "5-й процентиль";
    P50 "медиана";
    P90 "90-й процентиль";
    P95 "95-й процентиль";
}

names! {
    capacity CapacityKind:
    Facility "пункт обработки";
    Berth "причал";
    Storage "склад";
    Fleet "флот";
    Pool "парк";
    Line "линия";
}
